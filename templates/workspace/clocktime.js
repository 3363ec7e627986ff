// Wall-clock times of a person's time zone, which need not be the browser's.

// The wall clock there, as an input of the type datetime-local has it.
export function wallTime(seconds, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
    .formatToParts(new Date(seconds * 1000))
    .reduce((all, p) => ({ ...all, [p.type]: p.value }), {});
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

// Unix seconds of a wall clock there; twice, since the offset may change between the first guess and the time meant.
export function secondsOf(wall, zone) {
  const asked = Date.parse(`${wall}Z`) / 1000;
  if (Number.isNaN(asked)) return null;
  let seconds = asked;
  for (let turn = 0; turn < 2; turn += 1) seconds += asked - Date.parse(`${wallTime(seconds, zone)}Z`) / 1000;
  return seconds;
}
