import { afterAll, describe, expect, test } from 'vitest'
import { startReceiver } from '../output/webhooks/receiver.ts'
import { definition, endAll, pointedAt, program, project, serviceClass } from './support.ts'

afterAll(endAll)

const exported = (name: string): string => `export ${serviceClass(name)}`

/** What happened, without what differs from run to run. */
const told = (stdout: string): unknown[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{"version"'))
    .map((line) => {
      const { at, milliseconds, ...event } = JSON.parse(line)
      return event
    })

/** A run through both doors, each in a folder of its own. */
async function throughBoth(...runs: (readonly string[])[]) {
  const files = { 'web.ts': definition([exported('Web')], 'void new Web().main()') }
  const [own, ours] = [project(files), project(files)]
  const both = []
  for (const words of runs) {
    const [one, other] = [await own.run(['web.ts', ...words]), await ours.run([program, ...words, 'web.ts'])]
    both.push([one, other] as const)
  }
  return { both, regions: [own.region(), ours.region()] as const }
}

/** Ids of AWS are drawn anew in each world; ours follow them. */
const withoutIds = (events: unknown): unknown =>
  JSON.parse(
    JSON.stringify(events)
      .replaceAll(/tsx [\w.]*web\.ts|ecs-task web\.ts/g, 'PROGRAM')
      .replaceAll(/[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}|\b\d{16,20}\b|20\d\d-\d\d-[\d:.TZ-]+/g, 'ID'),
  )

describe.concurrent('ecs-task deploy TAG FILE and the file itself', () => {
  test('have the same exit codes and leave the same state, deploy after deploy', async () => {
    const { both, regions } = await throughBoth(
      ['debug'],
      ['verify', 'v1', '--local', '--json'],
      ['verify', 'v1', '--offline'],
      ['deploy', 'v1', '--local', '--verify', '--dry-run', '--json'],
      ['deploy', 'v1', '--local', '--dry-run', '--json'],
      ['deploy', 'v1', '--local', '--json'],
      ['deploy', 'crash', '--local', '--json'],
      ['wait', '--local', '--json'],
      ['continue', '--local', '--json'],
      ['status', '--local', '--json'],
      ['rollback', '--local', '--json'],
      ['diff', 'v2', '--local', '--exit-code'],
    )
    expect(both.map(([own]) => own.exitCode)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 6])
    expect(both.map(([, ours]) => ours.exitCode)).toEqual(both.map(([own]) => own.exitCode))
    expect(pointedAt(regions[1])).toEqual(pointedAt(regions[0]))
    const [debug, verified, offline, plan] = both
    for (const one of [debug, verified, offline]) expect(one![1].stdout).toBe(one![0].stdout)
    expect(withoutIds(plan![1].stdout)).toEqual(withoutIds(plan![0].stdout))
    for (const [own, ours] of both.slice(5, 9)) {
      const kinds = (stdout: string): unknown[] =>
        told(stdout).map((event) => {
          const { type, id, outcome, exitCode, summary } = event as Record<string, unknown>
          return { type, id, outcome, exitCode, summary }
        })
      const steps = (stdout: string): unknown[] =>
        kinds(stdout).filter((event) => /^(run|plan|stage|step|undo)\./.test((event as { type: string }).type))
      expect(withoutIds(steps(ours.stdout))).toEqual(withoutIds(steps(own.stdout)))
    }
    expect(both.at(-1)![1].stdout).toBe(both.at(-1)![0].stdout)
    expect(both[6]![1].stderr + both[6]![1].stdout).toContain('ecs-task web.ts status')
  })
})

test('both doors call the methods of the class and tell its webhook the same', async () => {
  const receiver = await startReceiver()
  const members = `  notifications = [{ webhook: process.env.WEBHOOK }]
  word = 'own'
  beforeDeploy({ tag, local }: BeforeDeploy) { console.error('before', tag, local, this.word) }
  async afterDeploy({ waited }: AfterDeploy) { console.error('after', waited, this.word) }
  afterFailure({ result }: AfterDeploy) { console.error('failed', result.exitCode, this.word) }
}
`
  const web = exported('Web').replace(/\}\n$/, members)
  const types = "import type { AfterDeploy, BeforeDeploy } from 'ecs-task'"
  const { run } = project({ 'web.ts': definition([types, web], 'void new Web().main()') })
  const env = { WEBHOOK: receiver.notification().webhook }
  const ended = []
  for (const tag of ['v2', 'crash']) {
    ended.push(await run(['web.ts', 'deploy', tag, '--local'], env))
    ended.push(await run([program, 'deploy', tag, '--local', 'web.ts'], env))
  }
  await receiver.close()
  expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 1, 1])
  const deployed = ['before v2 true own', 'after true own']
  const failed = ['before crash true own', 'failed 1 own']
  const said = ended.map(({ stderr }) => stderr.split('\n').filter((line) => line.endsWith(' own')))
  expect(said.slice(0, 2).flat()).toEqual([...deployed, ...deployed])
  expect(said.slice(2).flat()).toEqual([...failed, ...failed])
  expect(ended.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain('T024BE7LD')
  const events = receiver.received.map(({ event, tag, outcome }) => [event, tag, outcome].join(' ').trim())
  const one = ['started v2', 'succeeded v2 succeeded']
  const other = ['started crash', 'failed crash restored']
  expect(events).toEqual([...one, ...one, ...other, ...other])
})
