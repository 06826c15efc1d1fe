-- Flawed on purpose, as many applications are: the caller has looked in a transaction of its own, and what it saw may no longer be so.
-- Nothing here looks again.
CREATE FUNCTION reserve(skus int[], nodes int[], units int[], to_held int, to_allocated int, seen boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF seen THEN
        FOR i IN 1 .. cardinality(skus) LOOP
            UPDATE stock SET held = held + to_held * units[i], allocated = allocated + to_allocated * units[i]
                WHERE sku = skus[i] AND node = nodes[i];
        END LOOP;
    END IF;
    RETURN seen;
END $$;
