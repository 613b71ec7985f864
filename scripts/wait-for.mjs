// node wait-for.mjs URL PID SECONDS: ends well as soon as URL answers; ends badly when the process
// is gone or the time is over. Prints the milliseconds it took.
const [url, pid, seconds] = process.argv.slice(2);
const begin = performance.now();

function alive() {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

async function answers() {
  try {
    return (await fetch(url, { redirect: 'manual' })).status < 500;
  } catch {
    return false;
  }
}

while (!(await answers())) {
  if (!alive()) {
    console.error(`${url}: the server ended before it answered`);
    process.exit(1);
  }
  if (performance.now() - begin > Number(seconds) * 1000) {
    console.error(`${url}: no answer within ${seconds} seconds`);
    process.exit(1);
  }
  await new Promise((again) => setTimeout(again, 5));
}
console.log(Math.round(performance.now() - begin));
