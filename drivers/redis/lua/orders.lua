-- allocate, deallocate, pick, ship; and the sale of a unit that has left already.

-- What the order has of the cell, and how much of it is picked.
local function owned(order, cell)
  local units = call('HMGET', order, cell, cell .. ':picked')
  return tonumber(units[1] or 0), tonumber(units[2] or 0)
end

local function take_from_order(order, cell, units)
  if call('HINCRBY', order, cell, -units) == 0 then call('HDEL', order, cell, cell .. ':picked') end
  change(cell, 'allocated', -units)
end

local function unpick(order, cell, units)
  call('HINCRBY', order, cell .. ':picked', -units)
  change(cell, 'picked', -units)
end

-- 6 order, 7 "refuse" or "accept" a backorder, 8... cell, units
if kind == 'allocate' then
  for i = 8, #ARGV, 2 do
    if ARGV[7] == 'refuse' then
      if not free(ARGV[i], ARGV[i + 1], 'safety') then return answer('out_of_stock') end
    elseif tonumber(ARGV[i + 1]) > most_units - state(ARGV[i], 'held') - state(ARGV[i], 'allocated') then
      return answer('over_limit')
    end
  end
  for i = 8, #ARGV, 2 do
    change(ARGV[i], 'allocated', ARGV[i + 1])
    call('HINCRBY', 'lastunit:order:' .. ARGV[6], ARGV[i], ARGV[i + 1])
  end
  return answer('applied')
end

-- 6 order, 7... cell, units; units that are not picked go first
if kind == 'deallocate' then
  local order = 'lastunit:order:' .. ARGV[6]
  for i = 7, #ARGV, 2 do
    if owned(order, ARGV[i]) < tonumber(ARGV[i + 1]) then return answer('unknown_order') end
  end
  for i = 7, #ARGV, 2 do
    local cell, units = ARGV[i], tonumber(ARGV[i + 1])
    local all, picked = owned(order, cell)
    if picked > all - units then unpick(order, cell, picked - (all - units)) end
    take_from_order(order, cell, units)
  end
  return answer('applied')
end

-- 6 order, 7 cell, 8 units; what the record lacks of them was there all the same
if kind == 'pick' then
  local order, cell, units = 'lastunit:order:' .. ARGV[6], ARGV[7], tonumber(ARGV[8])
  local all, picked = owned(order, cell)
  if all < units then return answer('unknown_order') end
  if all - picked < units then return answer('already_picked') end
  call('HINCRBY', order, cell .. ':picked', units)
  local found = change(cell, 'picked', units) - state(cell, 'on_hand')
  if found > 0 then change(cell, 'on_hand', found) end
  return answer('applied')
end

-- 6 order, 7 cell, 8 units
if kind == 'ship' then
  local order, cell, units = 'lastunit:order:' .. ARGV[6], ARGV[7], tonumber(ARGV[8])
  local all, picked = owned(order, cell)
  if all < units then return answer('unknown_order') end
  if picked < units then return answer('not_picked') end
  unpick(order, cell, units)
  take_from_order(order, cell, units)
  change(cell, 'on_hand', -units)
  return answer('applied')
end

-- 6 cell, 7 units; a picked unit lies in somebody's parcel, so it is not the one in this shopper's hand
if kind == 'sell' then
  local on_shelf = state(ARGV[6], 'on_hand') - state(ARGV[6], 'picked')
  local on_record = math.min(tonumber(ARGV[7]), on_shelf)
  if on_record ~= 0 then change(ARGV[6], 'on_hand', -on_record) end
  return answer('applied')
end
