-- Stock comes and goes, and policy. 6 cell, 7 units, where nothing else is said.
local cell, units = ARGV[6], tonumber(ARGV[7] or '')

-- More than a count of the cell may have.
local function too_many(of, name, more) return more > most_units - state(of, name) end

if kind == 'receive' then
  if too_many(cell, 'on_hand', units) then return answer('over_limit') end
  -- What a transfer brings is announced too, but arrives by transfer_in alone.
  local announced = math.min(units, state(cell, 'inbound') - state(cell, 'arriving'))
  if announced ~= 0 then change(cell, 'inbound', -announced) end
  change(cell, 'on_hand', units)
  return answer('applied')
end

if kind == 'expect' then
  if too_many(cell, 'inbound', units) then return answer('over_limit') end
  change(cell, 'inbound', units)
  return answer('applied')
end

-- A count: below the units that are picked it is wrong, since they are in somebody's hand.
if kind == 'adjust' then
  if units < state(cell, 'picked') then return answer('not_enough_on_hand') end
  call('HSET', 'lastunit:cell:' .. cell, 'on_hand', units)
  return answer('applied')
end

-- 8 "on_hand" or "quarantined"
if kind == 'take_return' then
  if too_many(cell, ARGV[8], units) then return answer('over_limit') end
  change(cell, ARGV[8], units)
  return answer('applied')
end

if kind == 'quarantine' then
  if not free(cell, units, 'none') then return answer('not_enough_on_hand') end
  if too_many(cell, 'quarantined', units) then return answer('over_limit') end
  change(cell, 'on_hand', -units)
  change(cell, 'quarantined', units)
  return answer('applied')
end

if kind == 'unquarantine' then
  if state(cell, 'quarantined') < units then return answer('not_enough_in_state') end
  if too_many(cell, 'on_hand', units) then return answer('over_limit') end
  change(cell, 'quarantined', -units)
  change(cell, 'on_hand', units)
  return answer('applied')
end

if kind == 'dispose' then
  if state(cell, 'quarantined') < units then return answer('not_enough_in_state') end
  change(cell, 'quarantined', -units)
  return answer('applied')
end

if kind == 'set_safety' then
  call('HSET', 'lastunit:cell:' .. cell, 'safety', units)
  return answer('applied')
end

-- 8 cell that it goes to, 9 "on_hand" or "quarantined", 10 transfer
if kind == 'transfer_out' then
  if ARGV[9] == 'on_hand' then
    if not free(cell, units, 'none') then return answer('not_enough_on_hand') end
  elseif state(cell, 'quarantined') < units then
    return answer('not_enough_in_state')
  end
  if too_many(ARGV[8], 'inbound', units) then return answer('over_limit') end
  call('HINCRBY', 'lastunit:transfer:' .. ARGV[10], ARGV[8], units)
  change(cell, ARGV[9], -units)
  change(ARGV[8], 'inbound', units)
  change(ARGV[8], 'arriving', units)
  return answer('applied')
end

-- 6 transfer
if kind == 'transfer_in' then
  local lines = call('HGETALL', 'lastunit:transfer:' .. ARGV[6])
  if #lines == 0 then return answer('unknown_transfer') end
  for i = 1, #lines, 2 do
    if too_many(lines[i], 'on_hand', tonumber(lines[i + 1])) then return answer('over_limit') end
  end
  for i = 1, #lines, 2 do
    change(lines[i], 'inbound', '-' .. lines[i + 1])
    change(lines[i], 'arriving', '-' .. lines[i + 1])
    change(lines[i], 'on_hand', lines[i + 1])
  end
  call('DEL', 'lastunit:transfer:' .. ARGV[6])
  return answer('applied')
end

-- Only time passes: "<outcome> <sequence> <holds that are still due>".
if kind == 'advance' then
  local more = expire(1000)
  return 'applied ' .. call('INCR', 'lastunit:sequence') .. ' ' .. more
end
return redis.error_reply('ERR lastunit: no such command: ' .. kind)
