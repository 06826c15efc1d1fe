-- The head of the one script: a command is one run of it, and Redis runs one script at a time, so a command is atomic with its key's
-- answer. Its effects go to the append-only file as one MULTI ... EXEC, so that a torn end never has half of a command.
--
-- ARGV: 1 key "client:sequence", empty = none; 2 fingerprint of the arguments; 3 how long answers are remembered, ms; 4 the refusal
-- that the request earns by itself, empty = none (the client knows the shop's nodes, SKUs and channels); 5 kind; 6... the kind's own.
-- A cell is written "sku:node". Answer: "<outcome> <sequence> <fingerprint>".
--
-- Keys: cell:<sku>:<node> hash of the states in units; hold:<id> "<end, us> <cell> <units> ..." while it lives, then how it ended;
-- ends sorted set of live holds by their end; order:<id> hash <cell> -> units, <cell>:picked -> of them; transfer:<id> hash <cell> -> units;
-- key:<client>:<sequence> a remembered answer; sequence the number of commands.
local call = redis.call
local key = ARGV[1]
if key ~= '' then
  key = 'lastunit:key:' .. key
  local known = call('GET', key)
  if known then
    if string.match(known, '%S+$') == ARGV[2] then return known end
    return 'key_reused ' .. call('INCR', 'lastunit:sequence')
  end
end
local kind = ARGV[5]
local most_units = 100000000  -- of a count: core::kMaxUnits

local backlog = false  -- of holds that are due: what is free is not known before they are ended

local function answer(outcome)
  if backlog then return redis.error_reply('BUSY lastunit: more holds are due than one command ends') end
  local text = outcome .. ' ' .. call('INCR', 'lastunit:sequence') .. ' ' .. ARGV[2]
  if key ~= '' then call('SET', key, text, 'PX', ARGV[3]) end
  return text
end

-- Microseconds since 1970 by Redis' clock, as text: Lua's own conversion keeps 14 digits, and they have 16. Asked for once.
local instant
local function now()
  if not instant then
    local time = call('TIME')
    instant = time[1] .. string.format('%06d', time[2])
  end
  return instant
end

local function change(cell, state, units) return call('HINCRBY', 'lastunit:cell:' .. cell, state, units) end

local function give_back(record)
  for cell, units in string.gmatch(record, ' (%d+:%d+) (%d+)') do change(cell, 'held', '-' .. units) end
end

-- What a later command on the hold is told, for as long as keys are remembered.
local function end_hold(id, how)
  call('SET', 'lastunit:hold:' .. id, how, 'PX', ARGV[3])
  call('ZREM', 'lastunit:ends', id)
end

-- Ends at most so many of the holds that are due, the longest due first. How many it found.
local function expire(most)
  local due = call('ZRANGEBYSCORE', 'lastunit:ends', '-inf', now(), 'LIMIT', 0, most)
  for _, id in ipairs(due) do
    give_back(call('GET', 'lastunit:hold:' .. id))
    end_hold(id, 'hold_expired')
  end
  return #due
end

-- A live hold's record; of any other nil and why. One that is due and not swept yet ends here, so that no answer depends on the sweep.
local function live(id)
  local record = call('GET', 'lastunit:hold:' .. id)
  if not record then return nil, 'unknown_hold' end
  local ends = string.match(record, '^%d+')
  if not ends then return nil, record end
  if tonumber(ends) > tonumber(now()) then return record end
  give_back(record)
  end_hold(id, 'hold_expired')
  return nil, 'hold_expired'
end

local function state(cell, name) return tonumber(call('HGET', 'lastunit:cell:' .. cell, name) or 0) end

-- Whether the cell has so many units that are not promised, `safety` included or not. Before a refusal all holds that are due are
-- ended, 10,000 at most in one command: a unit whose hold is over is there.
local function free(cell, units, safety)
  for _ = 1, 10 do
    local s = call('HMGET', 'lastunit:cell:' .. cell, 'on_hand', 'held', 'allocated', safety)
    if s[1] and s[1] - (s[2] or 0) - (s[3] or 0) - (s[4] or 0) >= tonumber(units) then return true end
    if expire(1000) == 0 then return false end
  end
  backlog = true
  return false
end

if ARGV[4] ~= '' then return answer(ARGV[4]) end
