-- Append only: a cell is its balance in `stock` as of a version, and the movements after that. Whoever reads it to decide holds the
-- cell's advisory lock until the transaction ends; the unique (sku, node, version) would catch one that did not. Every 32nd movement
-- of a cell carries the balance forward, so that a sum stays short.
CREATE TABLE movements (
    sku int,
    node int,
    version bigint,
    on_hand int NOT NULL,
    held int NOT NULL,
    allocated int NOT NULL,
    safety int NOT NULL,
    quarantined int NOT NULL,
    picked int NOT NULL,
    PRIMARY KEY (sku, node, version)
);

CREATE VIEW balances AS
    SELECT b.sku, b.node, b.on_hand + m.on_hand AS on_hand, b.held + m.held AS held, b.allocated + m.allocated AS allocated,
           b.safety + m.safety AS safety, b.quarantined + m.quarantined AS quarantined, b.picked + m.picked AS picked,
           b.version + m.movements AS version
    FROM stock b CROSS JOIN LATERAL (
        SELECT coalesce(sum(on_hand), 0)::int AS on_hand, coalesce(sum(held), 0)::int AS held,
               coalesce(sum(allocated), 0)::int AS allocated, coalesce(sum(safety), 0)::int AS safety,
               coalesce(sum(quarantined), 0)::int AS quarantined, coalesce(sum(picked), 0)::int AS picked, count(*) AS movements
        FROM movements WHERE sku = b.sku AND node = b.node AND version > b.version) m;

CREATE FUNCTION lock_cell(s int, n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(s, n);
END $$;

CREATE FUNCTION locked(s int, n int) RETURNS cell LANGUAGE plpgsql AS $$
DECLARE
    there cell;
BEGIN
    PERFORM pg_advisory_xact_lock(s, n);
    SELECT on_hand, held, allocated, safety, quarantined, picked INTO there FROM balances WHERE sku = s AND node = n;
    RETURN there;
END $$;

CREATE FUNCTION change(s int, n int, on_hand_by int, held_by int, allocated_by int, safety_by int, quarantined_by int, picked_by int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    there balances;
BEGIN
    PERFORM pg_advisory_xact_lock(s, n);
    SELECT * INTO there FROM balances WHERE sku = s AND node = n;
    INSERT INTO movements VALUES (s, n, there.version + 1, on_hand_by, held_by, allocated_by, safety_by, quarantined_by, picked_by);
    IF (there.version + 1) % 32 = 0 THEN
        UPDATE stock SET on_hand = there.on_hand + on_hand_by, held = there.held + held_by,
            allocated = there.allocated + allocated_by, safety = there.safety + safety_by,
            quarantined = there.quarantined + quarantined_by, picked = there.picked + picked_by, version = there.version + 1
            WHERE sku = s AND node = n;
    END IF;
END $$;

CREATE FUNCTION reserve(skus int[], nodes int[], units int[], to_held int, to_allocated int, seen boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    there cell;
BEGIN
    FOR i IN 1 .. cardinality(skus) LOOP
        there := locked(skus[i], nodes[i]);
        IF greatest(there.on_hand - there.held - there.allocated - there.safety, 0) < units[i] THEN
            RETURN false;
        END IF;
    END LOOP;
    FOR i IN 1 .. cardinality(skus) LOOP
        PERFORM change(skus[i], nodes[i], 0, to_held * units[i], to_allocated * units[i], 0, 0, 0);
    END LOOP;
    RETURN true;
END $$;

CREATE VIEW cells AS SELECT sku, node, on_hand, held, allocated, safety, quarantined FROM balances;
