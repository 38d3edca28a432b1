import { describe, expect, test } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'

const fleet = ofClasses(
  {
    Migrations: serviceOf('migrations'),
    Web: { ...serviceOf('web'), after: ['Migrations'] },
    Worker: serviceOf('worker'),
    Broken: { taskDefinition: {} },
    '': serviceOf('nameless'),
  },
  'all.ts',
)
const shown = async (...words: string[]): Promise<string[]> => {
  const { exitCode, stdout, stderr } = await fleet(['debug', ...words])
  expect(exitCode, stderr).toBe(0)
  const printed = JSON.parse(stdout)
  return 'taskDefinition' in printed ? [printed.taskDefinition.family] : Object.keys(printed)
}

describe('--only and --exclude', () => {
  test.each([
    [
      ['--only', 'Web,Worker'],
      ['Web', 'Worker'],
    ],
    [
      ['--only', 'Worker, Web'],
      ['Web', 'Worker'],
    ],
    [
      ['--only', 'Web', '--only', 'Worker'],
      ['Web', 'Worker'],
    ],
    [
      ['--exclude', 'Web,Broken', '--exclude', 'nameless'],
      ['Migrations', 'Worker'],
    ],
    [['--only', 'Web'], ['web']],
    [['--only', 'nameless'], ['nameless']],
    [
      ['--exclude', 'Broken'],
      ['Migrations', 'Web', 'Worker', 'nameless'],
    ],
    [['--only', 'Web,Worker,Broken', '--exclude', 'Broken,Web'], ['worker']],
  ])('%j choose among the classes before anything is read of them', async (words, families) => {
    expect(await shown(...words)).toEqual(families)
  })

  test('name everything that there is not, and what there is', async () => {
    const { exitCode, stdout, stderr } = await fleet([
      'deploy',
      'v1',
      '--local',
      '--only',
      'Wbe,Cron',
      '--exclude',
      'Wrker',
    ])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr.split('\n').map((line) => line.trim())).toEqual([
      '✗ There are no such classes.',
      '--only Wbe: no class has this name; did you mean Web?',
      '--only Cron: no class has this name',
      '--exclude Wrker: no class has this name; did you mean Worker?',
      '→ Choose among: Migrations, Web, Worker, Broken, nameless',
      '',
    ])
  })

  test.each([
    [['--only', 'Web', '--exclude', 'Web'], 'No class is left: --exclude leaves out all of them.'],
    [['--only', ''], '--only is empty.'],
    [['--only', ','], '--only is empty.'],
    [['--exclude', ' '], '--exclude is empty.'],
  ])('%j are refused where no class is left', async (words, what) => {
    const { exitCode, stderr } = await fleet(['deploy', 'v1', '--local', ...words])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(what)])
  })

  test.each(['rollback', 'wait', 'continue', 'status', 'debug'])(
    'are options of %s too, in either door',
    async (command) => {
      const refused = await fleet([command, '--only', 'Webb'])
      expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('did you mean Web?')])
      const { exitCode, stderr } = await ecsTask([command, '_ecs/web_dev.ts', '--only', 'Webb'])
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--only Webb: no class has this name')])
    },
  )
})

describe('--max-in-flight', () => {
  test.each(['0', '-1', '1.5', 'many'])('%j is refused', async (value) => {
    const { exitCode, stderr } = await fleet(['deploy', 'v1', '--local', `--max-in-flight=${value}`])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Give a whole number of at least 1.')])
  })

  test('is refused where nobody waits', async () => {
    const { exitCode, stderr } = await fleet(['deploy', 'v1', '--local', '--no-wait', '--max-in-flight', '2'])
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('--max-in-flight waits for rollouts, and --no-wait does not.'),
    ])
  })
})

describe('after', () => {
  const planned = async (words: readonly string[], declared: Record<string, object>): Promise<string> =>
    (await ofClasses(declared, 'all.ts')(['deploy', 'v1', '--local', '--dry-run', ...words])).stderr

  const web = { ...serviceOf('web'), after: ['Migrations'] }

  test('warns of a class that is not part of the run, unless it was left out', async () => {
    const text = 'Web is after Migrations, which is not part of this run: it does not wait.'
    expect(await planned([], { Web: web })).toContain(text)
    expect(await planned([], { Web: web, Migration: serviceOf('m') })).toContain(`${text} Did you mean Migration?`)
    expect(await planned([], { Web: web, Migrations: serviceOf('m') })).not.toContain('is after')
    expect(await planned(['--only', 'Web'], { Web: web, Migrations: serviceOf('m') })).not.toContain('is after')
  })

  test('is refused where it is a circle, with all else that is wrong', async () => {
    const declared = {
      A: { ...serviceOf('a'), after: ['C'] },
      B: { ...serviceOf('b'), after: ['A'], activeTaskCount: 0 },
      C: { ...serviceOf('c'), after: ['B'] },
      D: { ...serviceOf('d'), after: ['D'] },
    }
    const { exitCode, stderr } = await ofClasses(declared)(['deploy', 'v1', '--local'])
    expect(exitCode).toBe(2)
    for (const problem of [
      'B/activeTaskCount: must be a whole number of at least 1, not 0',
      'A/after: is a circle: A → C → B → A',
      'D/after: is a circle: D → D',
    ])
      expect(stderr).toContain(problem)
  })
})
