-- The operations of the contract, the same for every way of reserving: each returns its outcome and changes nothing when that is a
-- refusal. What a cell is made of is behind lock_cell(), locked(), change() and reserve(), which the mode's own file defines.
--
-- Locks are taken in the order hold, cells, order lines, each kind by its identity and all of a kind before the next: no two
-- operations wait for each other in a circle. Lines come merged and in the order of the cells. One that makes a hold writes its row
-- last, when it is known to be made; nobody else can wait for that row, but where an identity is used a second time, the maker waits
-- for whoever is ending the first hold, and the database may have to undo one of the two.

-- Units of a hold whose time is over are nobody's. Whoever misses them has them freed first and asks again. When none is due, one
-- may have been ended since the units were missed: then they are there at a second look.
CREATE FUNCTION insist_on_expiry(skus int[], nodes int[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz := clock_timestamp();
BEGIN
    IF EXISTS (SELECT FROM holds h JOIN hold_lines l ON l.hold = h.id JOIN unnest(skus, nodes) w (sku, node) USING (sku, node)
               WHERE h.state = 'live' AND h.expires_at <= instant) THEN
        RAISE EXCEPTION 'holds are due' USING ERRCODE = 'LU001';
    END IF;
END $$;

CREATE FUNCTION give_back(h bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    line record;
BEGIN
    FOR line IN SELECT sku, node, quantity FROM hold_lines WHERE hold = h ORDER BY sku, node LOOP
        PERFORM change(line.sku, line.node, 0, -line.quantity, 0, 0, 0, 0);
    END LOOP;
END $$;

-- Ends up to `most` holds whose time is over; how many.
CREATE FUNCTION expire_due(most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz := clock_timestamp();
    due bigint[];
    line record;
BEGIN
    SELECT array_agg(id) INTO due
        FROM (SELECT id FROM holds WHERE state = 'live' AND expires_at <= instant ORDER BY id LIMIT most FOR UPDATE) d;
    IF due IS NULL THEN
        RETURN 0;
    END IF;
    UPDATE holds SET state = 'expired' WHERE id = ANY (due);
    FOR line IN SELECT sku, node, sum(quantity)::int AS quantity FROM hold_lines WHERE hold = ANY (due)
                GROUP BY sku, node ORDER BY sku, node LOOP
        PERFORM change(line.sku, line.node, 0, -line.quantity, 0, 0, 0, 0);
    END LOOP;
    RETURN cardinality(due);
END $$;

-- Why a hold cannot be ended or extended now; 'applied' when it can, and then it is locked. One whose time is over ends here.
CREATE FUNCTION take_hold(h bigint) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    found_state hold_state;
    found_end timestamptz;
BEGIN
    SELECT state, expires_at INTO found_state, found_end FROM holds WHERE id = h FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown_hold';
    ELSIF found_state = 'expired' THEN
        RETURN 'hold_expired';
    ELSIF found_state <> 'live' THEN
        RETURN 'hold_ended';
    ELSIF found_end <= clock_timestamp() THEN
        UPDATE holds SET state = 'expired' WHERE id = h;
        PERFORM give_back(h);
        RETURN 'hold_expired';
    END IF;
    RETURN 'applied';
END $$;

-- `seen`: what the caller found when it looked; only check_then_act looks. A hold that exists fails at its unique key, which undoes the
-- reservation; the caller then has the refusal remembered.
CREATE FUNCTION hold(h bigint, in_channel smallint, ttl_us bigint, skus int[], nodes int[], units int[], seen boolean)
RETURNS outcome LANGUAGE plpgsql AS $$
BEGIN
    IF NOT reserve(skus, nodes, units, 1, 0, seen) THEN
        IF EXISTS (SELECT FROM holds WHERE id = h) THEN
            RETURN 'hold_exists';
        END IF;
        PERFORM insist_on_expiry(skus, nodes);
        IF NOT reserve(skus, nodes, units, 1, 0, seen) THEN
            RETURN 'out_of_stock';
        END IF;
    END IF;
    INSERT INTO holds VALUES (h, in_channel, clock_timestamp() + ttl_us * interval '1 microsecond', 'live');
    FOR i IN 1 .. cardinality(skus) LOOP
        INSERT INTO hold_lines VALUES (h, skus[i], nodes[i], units[i]);
    END LOOP;
    RETURN 'applied';
END $$;

CREATE FUNCTION extend(h bigint, ttl_us bigint) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    refusal outcome := take_hold(h);
BEGIN
    IF refusal = 'applied' THEN
        UPDATE holds SET expires_at = clock_timestamp() + ttl_us * interval '1 microsecond' WHERE id = h;
    END IF;
    RETURN refusal;
END $$;

CREATE FUNCTION release(h bigint) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    refusal outcome := take_hold(h);
BEGIN
    IF refusal = 'applied' THEN
        UPDATE holds SET state = 'released' WHERE id = h;
        PERFORM give_back(h);
    END IF;
    RETURN refusal;
END $$;

CREATE FUNCTION confirm(h bigint, o bigint) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    refusal outcome := take_hold(h);
    line record;
BEGIN
    IF refusal <> 'applied' THEN
        RETURN refusal;
    END IF;
    UPDATE holds SET state = 'confirmed' WHERE id = h;
    FOR line IN SELECT sku, node, quantity FROM hold_lines WHERE hold = h ORDER BY sku, node LOOP
        PERFORM change(line.sku, line.node, 0, -line.quantity, line.quantity, 0, 0, 0);
    END LOOP;
    INSERT INTO order_lines AS mine SELECT o, sku, node, quantity FROM hold_lines WHERE hold = h ORDER BY sku, node
        ON CONFLICT (order_id, sku, node) DO UPDATE SET quantity = mine.quantity + excluded.quantity;
    RETURN 'applied';
END $$;

CREATE FUNCTION allocate(o bigint, skus int[], nodes int[], units int[], backorder boolean, seen boolean)
RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    there cell;
BEGIN
    IF NOT backorder THEN
        IF NOT reserve(skus, nodes, units, 0, 1, seen) THEN
            PERFORM insist_on_expiry(skus, nodes);
            IF NOT reserve(skus, nodes, units, 0, 1, seen) THEN
                RETURN 'out_of_stock';
            END IF;
        END IF;
    ELSE
        FOR i IN 1 .. cardinality(skus) LOOP
            there := locked(skus[i], nodes[i]);
            IF units[i] > most_units() - there.held - there.allocated THEN
                PERFORM insist_on_expiry(skus, nodes);
                RETURN 'over_limit';
            END IF;
        END LOOP;
        FOR i IN 1 .. cardinality(skus) LOOP
            PERFORM change(skus[i], nodes[i], 0, 0, units[i], 0, 0, 0);
        END LOOP;
    END IF;
    FOR i IN 1 .. cardinality(skus) LOOP
        INSERT INTO order_lines AS mine VALUES (o, skus[i], nodes[i], units[i])
            ON CONFLICT (order_id, sku, node) DO UPDATE SET quantity = mine.quantity + excluded.quantity;
    END LOOP;
    RETURN 'applied';
END $$;

CREATE FUNCTION drop_if_empty(o bigint, s int, n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM order_lines WHERE order_id = o AND sku = s AND node = n AND quantity = 0;
END $$;

-- Units that nobody picked yet go back before picked ones.
CREATE FUNCTION deallocate_lines(o bigint, skus int[], nodes int[], units int[]) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    mine order_lines;
    unpicked int;
BEGIN
    FOR i IN 1 .. cardinality(skus) LOOP
        PERFORM lock_cell(skus[i], nodes[i]);
    END LOOP;
    FOR i IN 1 .. cardinality(skus) LOOP
        SELECT * INTO mine FROM order_lines WHERE order_id = o AND sku = skus[i] AND node = nodes[i] FOR UPDATE;
        IF NOT FOUND OR mine.quantity < units[i] THEN
            RETURN 'unknown_order';
        END IF;
    END LOOP;
    FOR i IN 1 .. cardinality(skus) LOOP
        SELECT * INTO mine FROM order_lines WHERE order_id = o AND sku = skus[i] AND node = nodes[i];
        unpicked := least(units[i], mine.quantity - mine.picked);
        UPDATE order_lines SET quantity = quantity - units[i], picked = picked - (units[i] - unpicked)
            WHERE order_id = o AND sku = skus[i] AND node = nodes[i];
        PERFORM drop_if_empty(o, skus[i], nodes[i]);
        PERFORM change(skus[i], nodes[i], 0, 0, -units[i], 0, 0, unpicked - units[i]);
    END LOOP;
    RETURN 'applied';
END $$;

-- The units are in the picker's hand: what the record lacks of them was there all the same.
CREATE FUNCTION pick(o bigint, s int, n int, units int) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    mine order_lines;
    there cell := locked(s, n);
BEGIN
    SELECT * INTO mine FROM order_lines WHERE order_id = o AND sku = s AND node = n FOR UPDATE;
    IF NOT FOUND OR mine.quantity < units THEN
        RETURN 'unknown_order';
    ELSIF mine.quantity - mine.picked < units THEN
        RETURN 'already_picked';
    END IF;
    UPDATE order_lines SET picked = picked + units WHERE order_id = o AND sku = s AND node = n;
    PERFORM change(s, n, greatest(0, there.picked + units - there.on_hand), 0, 0, 0, 0, units);
    RETURN 'applied';
END $$;

CREATE FUNCTION ship(o bigint, s int, n int, units int) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    mine order_lines;
BEGIN
    PERFORM lock_cell(s, n);
    SELECT * INTO mine FROM order_lines WHERE order_id = o AND sku = s AND node = n FOR UPDATE;
    IF NOT FOUND OR mine.quantity < units THEN
        RETURN 'unknown_order';
    ELSIF mine.picked < units THEN
        RETURN 'not_picked';
    END IF;
    UPDATE order_lines SET quantity = quantity - units, picked = picked - units WHERE order_id = o AND sku = s AND node = n;
    PERFORM drop_if_empty(o, s, n);
    PERFORM change(s, n, -units, 0, -units, 0, 0, -units);
    RETURN 'applied';
END $$;

-- The unit is in the shopper's hand. A picked unit lies in somebody's parcel: it is not that one.
CREATE FUNCTION sell(s int, n int, units int) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    there cell := locked(s, n);
BEGIN
    PERFORM change(s, n, -least(units, there.on_hand - there.picked), 0, 0, 0, 0, 0);
    RETURN 'applied';
END $$;

CREATE FUNCTION receive(s int, n int, units int) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    there cell := locked(s, n);
BEGIN
    IF units > most_units() - there.on_hand THEN
        RETURN 'over_limit';
    END IF;
    PERFORM change(s, n, units, 0, 0, 0, 0, 0);
    RETURN 'applied';
END $$;

CREATE FUNCTION take_return(s int, n int, units int, sellable boolean) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    there cell := locked(s, n);
BEGIN
    IF units > most_units() - (CASE WHEN sellable THEN there.on_hand ELSE there.quarantined END) THEN
        RETURN 'over_limit';
    ELSIF sellable THEN
        PERFORM change(s, n, units, 0, 0, 0, 0, 0);
    ELSE
        PERFORM change(s, n, 0, 0, 0, 0, units, 0);
    END IF;
    RETURN 'applied';
END $$;

CREATE FUNCTION adjust(s int, n int, counted int) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    there cell := locked(s, n);
BEGIN
    IF counted < there.picked THEN
        RETURN 'not_enough_on_hand';
    ELSIF counted > most_units() THEN
        RETURN 'over_limit';
    END IF;
    PERFORM change(s, n, counted - there.on_hand, 0, 0, 0, 0, 0);
    RETURN 'applied';
END $$;

CREATE FUNCTION set_safety(s int, n int, units int) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    there cell := locked(s, n);
BEGIN
    IF units > most_units() THEN
        RETURN 'over_limit';
    END IF;
    PERFORM change(s, n, 0, 0, 0, units - there.safety, 0, 0);
    RETURN 'applied';
END $$;

-- Lets a new connection plan its statements before anybody waits for one. Nothing of it stays.
CREATE FUNCTION warm() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := -pg_backend_pid();
BEGIN
    PERFORM allocate(mine, '{0}', '{0}', '{1}', false, true);
    PERFORM hold(mine, 0::smallint, 1000000, '{0}', '{0}', '{1}', true);
    PERFORM extend(mine, 1000000);
    PERFORM confirm(mine, mine);
    PERFORM deallocate_lines(mine, '{0}', '{0}', '{1}');
    PERFORM pick(mine, 0, 0, 1);
    PERFORM ship(mine, 0, 0, 1);
    PERFORM hold(mine - 100000000, 0::smallint, 1000000, '{0}', '{0}', '{1}', true);
    PERFORM release(mine - 100000000);
    PERFORM sell(0, 0, 1);
    PERFORM receive(0, 0, 1);
    RAISE EXCEPTION USING ERRCODE = 'LU003';
EXCEPTION WHEN OTHERS THEN
    NULL;
END $$;
