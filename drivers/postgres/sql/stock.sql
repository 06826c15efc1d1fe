-- Counters of one SKU at one node. Loaded first, indexed afterwards.
CREATE TABLE stock (
    sku int NOT NULL,
    node int NOT NULL,
    on_hand int NOT NULL,
    held int NOT NULL DEFAULT 0,
    allocated int NOT NULL DEFAULT 0,
    safety int NOT NULL DEFAULT 0,
    quarantined int NOT NULL DEFAULT 0,
    picked int NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 60);
