-- hold, extend, release, confirm.
local function keep(id, ends, lines)
  call('SET', 'lastunit:hold:' .. id, ends .. lines)
  call('ZADD', 'lastunit:ends', ends, id)
end

-- 6 hold, 7 time to live in us, 8... cell, units
if kind == 'hold' then
  expire(16)  -- who adds to the holds also clears away: more than it adds
  if call('EXISTS', 'lastunit:hold:' .. ARGV[6]) == 1 then return answer('hold_exists') end
  for i = 8, #ARGV, 2 do
    if not free(ARGV[i], ARGV[i + 1], 'safety') then return answer('out_of_stock') end
  end
  local lines = ''
  for i = 8, #ARGV, 2 do
    change(ARGV[i], 'held', ARGV[i + 1])
    lines = lines .. ' ' .. ARGV[i] .. ' ' .. ARGV[i + 1]
  end
  keep(ARGV[6], string.format('%.0f', now() + ARGV[7]), lines)
  return answer('applied')
end

-- 6 hold, 7 time to live in us, from now
if kind == 'extend' then
  local record, why = live(ARGV[6])
  if not record then return answer(why) end
  keep(ARGV[6], string.format('%.0f', now() + ARGV[7]), string.match(record, ' .*'))
  return answer('applied')
end

-- 6 hold
if kind == 'release' then
  local record, why = live(ARGV[6])
  if not record then return answer(why) end
  give_back(record)
  end_hold(ARGV[6], 'hold_ended')
  return answer('applied')
end

-- 6 hold, 7 order
if kind == 'confirm' then
  local record, why = live(ARGV[6])
  if not record then return answer(why) end
  give_back(record)
  for cell, units in string.gmatch(record, ' (%d+:%d+) (%d+)') do
    change(cell, 'allocated', units)
    call('HINCRBY', 'lastunit:order:' .. ARGV[7], cell, units)
  end
  end_hold(ARGV[6], 'hold_ended')
  return answer('applied')
end
