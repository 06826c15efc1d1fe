-- Tables of the contract, whatever the way of reserving. Everything lies in a schema of its own, `lastunit`, which is the search path.
-- Identities of 64 bits are stored as bigint, bit by bit. Nodes, SKUs and channels are positions in `names`, from 0.
CREATE TYPE hold_state AS ENUM ('live', 'released', 'confirmed', 'expired');
CREATE TYPE cell AS (on_hand int, held int, allocated int, safety int, quarantined int, picked int);

CREATE TABLE names (kind text, position int, name text NOT NULL, PRIMARY KEY (kind, position));

-- What was answered under a key; written by the transaction that has the effect. `arguments` is a hash, to tell a repeat from another
-- command under the same key.
CREATE TABLE operations (
    client bigint,
    sequence bigint,
    arguments bigint NOT NULL,
    outcome outcome NOT NULL,
    PRIMARY KEY (client, sequence)
);

-- Room on each page, so that an update stays on it and leaves the index alone.
CREATE TABLE holds (
    id bigint PRIMARY KEY,
    channel smallint NOT NULL,
    expires_at timestamptz NOT NULL,
    state hold_state NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX holds_due ON holds (expires_at) WHERE state = 'live';
CREATE TABLE hold_lines (hold bigint, sku int, node int, quantity int NOT NULL, PRIMARY KEY (hold, sku, node));
CREATE TABLE order_lines (
    order_id bigint,
    sku int,
    node int,
    quantity int NOT NULL,
    picked int NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, sku, node)
) WITH (fillfactor = 80);
