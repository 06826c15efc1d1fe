-- One row per unit. A reservation takes free rows that nobody else is taking and never waits for one.
--
-- A row is a unit, a claim on one, or both: `present` is false where a unit was claimed that is not there (a till took it, a count
-- missed it, a backorder). on_hand = rows present, held and allocated = rows claimed so, and no row is free while a claim is not
-- present: so the free rows are what can be promised. No safety stock here. Who changes a cell in any other way than taking, or
-- turning a hold into an order, holds its row in `stock`, which also has the counters that are not of sellable units. Nobody waits
-- for a row of `units`, and nobody changes one that they have not locked: what it was when they looked, it may be no more.
CREATE TYPE claim AS ENUM ('free', 'held', 'allocated');
CREATE TABLE units (
    id bigint GENERATED ALWAYS AS IDENTITY,
    sku int NOT NULL,
    node int NOT NULL,
    claim claim NOT NULL DEFAULT 'free',
    present boolean NOT NULL DEFAULT true
);
INSERT INTO units (sku, node) SELECT sku, node FROM stock CROSS JOIN LATERAL generate_series(1, on_hand);
ALTER TABLE units ADD PRIMARY KEY (id);
CREATE INDEX units_of_cell ON units (sku, node, claim);
CREATE INDEX units_missing ON units (sku, node) WHERE NOT present;

CREATE FUNCTION units_in_others_hands() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'units are being changed by others' USING ERRCODE = 'LU002';
END $$;

-- Up to `most` rows in this claim, now ours. Rows that others are changing at this moment may still be left to us: then it is not
-- known whether there are enough, and the caller tries again.
CREATE FUNCTION take_units(s int, n int, in_claim claim, most int) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    SELECT coalesce(array_agg(id), '{}') INTO ids
        FROM (SELECT id FROM units WHERE sku = s AND node = n AND claim = in_claim LIMIT most FOR UPDATE SKIP LOCKED) u;
    IF cardinality(ids) < most AND
       cardinality(ids) < (SELECT count(*) FROM units WHERE sku = s AND node = n AND claim = in_claim) THEN
        PERFORM units_in_others_hands();
    END IF;
    RETURN ids;
END $$;

CREATE FUNCTION reserve(skus int[], nodes int[], units int[], to_held int, to_allocated int, seen boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := '{}';
    taken bigint[];
BEGIN
    FOR i IN 1 .. cardinality(skus) LOOP
        taken := take_units(skus[i], nodes[i], 'free', units[i]);
        IF cardinality(taken) < units[i] THEN
            RETURN false;
        END IF;
        ids := ids || taken;
    END LOOP;
    UPDATE units SET claim = CASE WHEN to_held = 1 THEN 'held'::claim ELSE 'allocated'::claim END WHERE id = ANY (ids);
    RETURN true;
END $$;

CREATE FUNCTION lock_cell(s int, n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM stock WHERE sku = s AND node = n FOR UPDATE;
END $$;

CREATE FUNCTION locked(s int, n int) RETURNS cell LANGUAGE plpgsql AS $$
DECLARE
    there cell;
BEGIN
    SELECT quarantined, picked INTO there.quarantined, there.picked FROM stock WHERE sku = s AND node = n FOR UPDATE;
    SELECT count(*) FILTER (WHERE present), count(*) FILTER (WHERE claim = 'held'), count(*) FILTER (WHERE claim = 'allocated'), 0
        INTO there.on_hand, there.held, there.allocated, there.safety FROM units WHERE sku = s AND node = n;
    RETURN there;
END $$;

-- Ends `n_units` claims: a row that was only a claim goes, the unit of another becomes free; fill_claims() gives it to a claim
-- that has none.
CREATE FUNCTION unclaim(s int, n int, of_claim claim, n_units int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := take_units(s, n, of_claim, n_units);
BEGIN
    DELETE FROM units WHERE id = ANY (ids) AND NOT present;
    UPDATE units SET claim = 'free' WHERE id = ANY (ids);
END $$;

-- Units leave: free ones first, then from under the claims on them.
CREATE FUNCTION take_away(s int, n int, n_units int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := take_units(s, n, 'free', n_units);
    left_over int := n_units - cardinality(ids);
BEGIN
    DELETE FROM units WHERE id = ANY (ids);
    IF left_over > 0 THEN
        SELECT coalesce(array_agg(id), '{}') INTO ids
            FROM (SELECT id FROM units WHERE sku = s AND node = n AND claim <> 'free' AND present
                  ORDER BY claim, id LIMIT left_over FOR UPDATE SKIP LOCKED) u;
        IF cardinality(ids) < left_over THEN
            PERFORM units_in_others_hands();
        END IF;
        UPDATE units SET present = false WHERE id = ANY (ids);
    END IF;
END $$;

-- Free units go to claims that have none.
CREATE FUNCTION fill_claims(s int, n int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    missing int;
    filled int;
    ids bigint[];
BEGIN
    SELECT count(*) INTO missing FROM units WHERE sku = s AND node = n AND NOT present;
    IF missing = 0 THEN
        RETURN;
    END IF;
    ids := take_units(s, n, 'free', missing);
    filled := cardinality(ids);
    IF filled = 0 THEN
        RETURN;
    END IF;
    DELETE FROM units WHERE id = ANY (ids);
    SELECT coalesce(array_agg(id), '{}') INTO ids
        FROM (SELECT id FROM units WHERE sku = s AND node = n AND NOT present ORDER BY id LIMIT filled FOR UPDATE SKIP LOCKED) u;
    IF cardinality(ids) < filled THEN
        PERFORM units_in_others_hands();
    END IF;
    UPDATE units SET present = true WHERE id = ANY (ids);
END $$;

CREATE FUNCTION change(s int, n int, on_hand_by int, held_by int, allocated_by int, safety_by int, quarantined_by int, picked_by int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    IF held_by < 0 AND allocated_by = -held_by THEN
        ids := take_units(s, n, 'held', allocated_by);
        UPDATE units SET claim = 'allocated' WHERE id = ANY (ids);
        RETURN;
    END IF;
    UPDATE stock SET quarantined = quarantined + quarantined_by, picked = picked + picked_by WHERE sku = s AND node = n;
    IF held_by < 0 THEN
        PERFORM unclaim(s, n, 'held', -held_by);
    END IF;
    IF allocated_by < 0 THEN
        PERFORM unclaim(s, n, 'allocated', -allocated_by);
    ELSIF allocated_by > 0 THEN
        INSERT INTO units (sku, node, claim, present) SELECT s, n, 'allocated', false FROM generate_series(1, allocated_by);
    END IF;
    IF on_hand_by < 0 THEN
        PERFORM take_away(s, n, -on_hand_by);
    ELSIF on_hand_by > 0 THEN
        INSERT INTO units (sku, node) SELECT s, n FROM generate_series(1, on_hand_by);
    END IF;
    PERFORM fill_claims(s, n);
END $$;

CREATE VIEW cells AS
    SELECT sku, node, coalesce(u.on_hand, 0) AS on_hand, coalesce(u.held, 0) AS held, coalesce(u.allocated, 0) AS allocated,
           0 AS safety, quarantined
    FROM stock LEFT JOIN (
        SELECT sku, node, count(*) FILTER (WHERE present) AS on_hand, count(*) FILTER (WHERE claim = 'held') AS held,
               count(*) FILTER (WHERE claim = 'allocated') AS allocated FROM units GROUP BY sku, node) u USING (sku, node);
