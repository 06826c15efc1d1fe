-- Looks, then writes. `:lock` is FOR UPDATE in the mode for_update, which locks the rows it looks at. In serializable it is nothing:
-- every transaction is SERIALIZABLE, and one that another contradicts is rolled back (40001) and tried again by the caller.
CREATE FUNCTION reserve(skus int[], nodes int[], units int[], to_held int, to_allocated int, seen boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    available int;
BEGIN
    FOR i IN 1 .. cardinality(skus) LOOP
        SELECT on_hand - held - allocated - safety INTO available FROM stock WHERE sku = skus[i] AND node = nodes[i] :lock;
        IF greatest(available, 0) < units[i] THEN
            RETURN false;
        END IF;
    END LOOP;
    FOR i IN 1 .. cardinality(skus) LOOP
        UPDATE stock SET held = held + to_held * units[i], allocated = allocated + to_allocated * units[i]
            WHERE sku = skus[i] AND node = nodes[i];
    END LOOP;
    RETURN true;
END $$;
