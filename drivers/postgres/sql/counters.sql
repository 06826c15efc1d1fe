-- A cell is one row of counters.
CREATE FUNCTION lock_cell(s int, n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM stock WHERE sku = s AND node = n FOR UPDATE;
END $$;

CREATE FUNCTION locked(s int, n int) RETURNS cell LANGUAGE plpgsql AS $$
DECLARE
    there cell;
BEGIN
    SELECT on_hand, held, allocated, safety, quarantined, picked INTO there FROM stock WHERE sku = s AND node = n FOR UPDATE;
    RETURN there;
END $$;

CREATE FUNCTION change(s int, n int, on_hand_by int, held_by int, allocated_by int, safety_by int, quarantined_by int, picked_by int)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE stock SET on_hand = on_hand + on_hand_by, held = held + held_by, allocated = allocated + allocated_by,
        safety = safety + safety_by, quarantined = quarantined + quarantined_by, picked = picked + picked_by
        WHERE sku = s AND node = n;
END $$;

CREATE VIEW cells AS SELECT sku, node, on_hand, held, allocated, safety, quarantined FROM stock;
