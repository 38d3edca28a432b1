import { print } from './print.ts'
import { progress } from './progress.ts'
import { simulate } from './run.ts'
import { report } from './tally.ts'
import { playAll } from './workers.ts'

const usage = 'Usage: npm run simulate -- --seeds 1..20000, or --seed 4711'

process.exitCode = await main(process.argv.slice(2))

async function main([option, value = '']: string[]): Promise<number> {
  if (option === '--seed' && /^\d+$/.test(value)) {
    const outcome = await simulate(Number(value))
    console.log(print(outcome))
    return outcome.violations.length > 0 ? 1 : 0
  }
  const [, least, most] = (/^(\d+)\.\.(\d+)$/.exec(option === '--seeds' ? value : '') ?? []).map(Number)
  if (least === undefined || most === undefined) {
    console.error(usage)
    return 2
  }
  const began = performance.now()
  const now = (): number => performance.now()
  const tell = progress({ seeds: most - least + 1, now, write: (line) => console.error(line) })
  const tally = await playAll({ least, most }, tell)
  console.log(report(tally, (performance.now() - began) / 1000))
  return tally.violations.length > 0 ? 1 : 0
}
