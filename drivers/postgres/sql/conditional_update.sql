-- One statement looks and writes. Where a later line is short, the earlier ones are undone in the same transaction.
CREATE FUNCTION reserve(skus int[], nodes int[], units int[], to_held int, to_allocated int, seen boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. cardinality(skus) LOOP
        UPDATE stock SET held = held + to_held * units[i], allocated = allocated + to_allocated * units[i]
            WHERE sku = skus[i] AND node = nodes[i] AND on_hand - held - allocated - safety >= units[i];
        IF NOT FOUND THEN
            FOR k IN 1 .. i - 1 LOOP
                UPDATE stock SET held = held - to_held * units[k], allocated = allocated - to_allocated * units[k]
                    WHERE sku = skus[k] AND node = nodes[k];
            END LOOP;
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END $$;
