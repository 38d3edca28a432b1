import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../docs/commands.ts'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { type Ended, definition, endAll, program, project, serviceClass } from './support.ts'

afterAll(endAll)

const web = ofClasses({ Web: serviceOf('web') }, '_ecs/web.ts')

/** Runs a command line in this process. */
function run(line: string): Promise<Ended> {
  const [file, ...words] = line.split(' ')
  return file === 'ecs-task' ? ecsTask(words) : web(words)
}

describe.concurrent('help', () => {
  test.each(['--help', '-h'])('is what %s asks for, on the standard output', async (word) => {
    const { exitCode, stdout, stderr } = await run(`_ecs/web.ts ${word}`)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain('  tsx _ecs/web.ts <command>\n')
    for (const command of [
      'deploy <TAG>',
      'diff <TAG>',
      'verify <TAG>',
      'rollback',
      'wait',
      'continue',
      'status',
      'tasks',
      'history',
      'logs',
      'exec',
      'debug',
      'policy',
    ])
      expect(stdout).toContain(`\n  ${command} `)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test.each([
    ['_ecs/web.ts', 'deploy', '$ tsx _ecs/web.ts deploy v1.2.3 --local'],
    ['ecs-task', 'local', '$ ecs-task local'],
    ['ecs-task', 'init', '$ ecs-task init web'],
  ])('on one command fits into 80 columns, and its examples can be copied: %s %s', async (file, command, example) => {
    const { exitCode, stdout, stderr } = await run(`${file} ${command} --help`)
    expect([exitCode, stderr]).toEqual([0, ''])
    const shown = stdout.split('\n').map((line) => line.trimEnd())
    expect(shown.filter((line) => line.length > 80)).toEqual([])
    expect(shown).toContain(`  ${example}`)
    const columns = shown.flatMap(
      (line) => /^ (?: {5}| -\w, )--\S+(?: <value>)? {2,}(?=\S)/.exec(line)?.[0].length ?? [],
    )
    expect(columns.length).toBeGreaterThan(2)
    expect(new Set(columns).size).toBe(1)
    expect(Math.max(...columns)).toBeLessThanOrEqual(30)
  })

  test.each([
    ['_ecs/web.ts deploy v1 --help', '_ecs/web.ts deploy --help'],
    ['_ecs/web.ts deploy v1 --local --help', '_ecs/web.ts deploy --help'],
    ['_ecs/web.ts rollback --to v1 -h', '_ecs/web.ts rollback --help'],
    ['ecs-task cluster deploy prod -f stack.yml --help', 'ecs-task cluster deploy --help'],
    ['ecs-task init web --help', 'ecs-task init --help'],
    ['ecs-task help', 'ecs-task --help'],
    ['ecs-task help init', 'ecs-task init --help'],
    ['ecs-task help cluster', 'ecs-task cluster --help'],
    ['_ecs/web.ts help deploy', '_ecs/web.ts deploy --help'],
  ])('is what --help asks for wherever it stands: %s', async (line, same) => {
    expect(await run(line)).toEqual(await run(same))
    expect((await run(line)).exitCode).toBe(0)
  })

  test.each(commands.map((command) => [command.name, command] as const))(
    'shows the default of each option of %s in brackets at its end',
    (_name, { options }) => {
      const wrong = options.filter(({ hasDefault, isDefault, description }) => {
        const shown = /\[([^\]]+)\]$/.exec(description)?.[1]
        return hasDefault && !isDefault(shown)
      })
      expect(wrong.map(({ name, description }) => `${name}: ${description}`)).toEqual([])
    },
  )

  test.each([
    ['_ecs/web.ts deploy', ['Common options', 'Waiting and failure', 'Other options', 'Output']],
    ['ecs-task service update', ['Common options', 'Waiting and failure', 'Other options', 'Output']],
    ['ecs-task local', ['Options', 'Output']],
    ['ecs-task init', ['Common options', 'Other options', 'Output']],
  ])('groups the options of %s, the common ones first', async (line, titles) => {
    const { stdout } = await run(`${line} --help`)
    const among = ['Options', 'Common options', 'Waiting and failure', 'Other options', 'Output']
    expect(stdout.split('\n').filter((one) => among.includes(one))).toEqual(titles)
  })

  test('is shown as an error without a command, because nothing was done', async () => {
    const { exitCode, stdout, stderr } = await run('_ecs/web.ts')
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('\n  deploy <TAG>')
  })

  test('has the version of the package', async () => {
    const { exitCode, stdout } = await project({}).run([program, '--version'])
    const { version } = JSON.parse(readFileSync(join(program, '../../package.json'), 'utf8'))
    expect([exitCode, stdout.split(' ')[0]]).toEqual([0, version])
  })
})

describe.concurrent('a command line that cannot be parsed ends 2, says so on the standard error and does nothing', () => {
  test.each([
    ['_ecs/web.ts deploy', 'Not enough positional arguments.', 'Write it as: tsx _ecs/web.ts deploy <TAG>; --help'],
    [
      '_ecs/web.ts deploy v1 v2 --local',
      'Extraneous positional argument ("v2").',
      'Several files are one deploy with: ecs-task deploy TAG FILE…',
    ],
    ['_ecs/web.ts deploy v1 --no-wiat', 'Unsupported option name ("--no-wiat").', 'Did you mean --no-wait?'],
    ['_ecs/web.ts deploy v1 --No-Wait', 'Invalid option name ("--No-Wait").', 'Did you mean --no-wait?'],
    ['_ecs/web.ts deploy v1 --nowait', 'Unsupported option name ("--nowait").', 'Did you mean --no-wait?'],
    ['_ecs/web.ts deploy v1 --wait=false', 'Invalid option name ("--wait=false").', 'Did you mean --no-wait?'],
    ['_ecs/web.ts deploy v1 --wait=True', 'Invalid option name ("--wait=True").', 'Did you mean --wait?'],
    ['_ecs/web.ts deploy v1 --no-wait=false', 'Invalid option name ("--no-wait=false").', 'Did you mean --wait?'],
    ['_ecs/web.ts deploy v1 --dry-run=false', 'Invalid option name ("--dry-run=false").', 'Leave out --dry-run.'],
    ['_ecs/web.ts deploy v1 --no-color=0', 'Invalid option name ("--no-color=0").', 'Leave out --no-color.'],
    ['_ecs/web.ts deploy v1 --lokal', 'Unsupported option name ("--lokal").', 'Did you mean --local?'],
    ['_ecs/web.ts deply v1 --local', 'deply is not a command of tsx _ecs/web.ts.', 'Did you mean deploy?'],
    ['_ecs/web.ts deploy v1 --local --timeout soon', '--timeout soon is not a duration.', '90s, 15m or 1h'],
    ['_ecs/web.ts deploy v1 --local --timeout 15', '--timeout 15 has no unit.', 'Write 15s, 15m or 15h.'],
    [
      '_ecs/web.ts deploy v1 --if-in-progress soon',
      '--if-in-progress soon is not known.',
      'one of wait, stop, refuse.',
    ],
    // What is left of `--to "$TAG"` where the variable is not set.
    ['_ecs/web.ts rollback --local --to ', '--to is empty.', 'a variable in it may not be set'],
    ['ecs-task service update --local -n web -c ', '--cluster is empty.', 'a variable in it may not be set'],
    ['ecs-task service update --local -n ', '--service is empty.', 'a variable in it may not be set'],
    ['ecs-task service destroy c --local -s ', '--service is empty.', 'a variable in it may not be set'],
    ['ecs-task instances status --local --asg ', '--asg is empty.', 'a variable in it may not be set'],
    ['ecs-task local --policy ', '--policy is empty.', 'a variable in it may not be set'],
    ['ecs-task local --state ', '--state is empty.', 'a variable in it may not be set'],
    ['ecs-task logs --cluster c --local --since ', '--since is empty.', 'a variable in it may not be set'],
    ['ecs-task deploy v1 a.ts --local --early-fail ', '--early-fail is empty.', 'a variable in it may not be set'],
    ['ecs-task deploy v1 a.ts --local --max-in-flight ', '--max-in-flight is empty.', 'may not be set'],
    ['ecs-task apply ', 'The name of a file is empty.', 'a variable in it may not be set'],
    ['ecs-task report ', 'The name of a file is empty.', 'a variable in it may not be set'],
    ['ecs-task run --local -d ', '--task-definition is empty.', 'a variable in it may not be set'],
    ["ecs-task deploy\u00a0'v1", 'opens a quote and does not close it', ''],
    ['ecs-task cluster deplyo c', 'cluster deplyo is not a command of ecs-task.', 'Did you mean cluster deploy?'],
    ['ecs-task cluster deploy c --redeplyo', 'Unsupported option name ("--redeplyo").', 'Did you mean --redeploy?'],
    ['ecs-task service update --cluser c', 'Unsupported option name ("--cluser").', 'Did you mean --cluster?'],
    ['ecs-task deploy v1 _ecs/web.ts --lokal', 'Unsupported option name ("--lokal").', 'Did you mean --local?'],
    ['ecs-task _ecs/web.ts deploy v1 --lokal', 'Unsupported option name ("--lokal").', 'Did you mean --local?'],
    [
      'ecs-task diff v1 a.ts b.ts -x',
      'Unsupported option name ("-x").',
      'Write it as: ecs-task diff <TAG> <FILE>…; --help',
    ],
    ['ecs-task diff v1 _ecs/web.ts --json=2', 'Invalid option name ("--json=2").', 'Did you mean --json?'],
    [
      'ecs-task status _ecs/web.ts --only',
      'Not enough arguments to option --only.',
      'Write it as: ecs-task status [FILE…]',
    ],
    [
      'ecs-task service update -c c --service web -n worker -i repo/img:v2 --local',
      '--service takes one name, not 2: web, worker.',
      'Run the command once for each of them.',
    ],
    [
      'ecs-task service destroy c -s web --service worker --yes --local',
      '--service takes one name, not 2: web, worker.',
      'Run the command once for each of them.',
    ],
    [
      'ecs-task service destroy c --local --yes',
      '--service is missing.',
      'Write it as: ecs-task service destroy <CLUSTER>',
    ],
    ['ecs-task service update -c c --service= -i repo/img:v2 --local', '--service is empty.', 'may not be set'],
    ['ecs-task local --port 65536', '--port 65536 is out of range', 'a whole number from 0 to 65535'],
    ['ecs-task local --speed 0', '--speed 0 is out of range', 'a number above 0'],
  ])('%s', async (line, what, hint) => {
    const before = kept('.ecs-task')
    refused(await run(line), what, hint)
    expect(kept('.ecs-task')).toEqual(before)
  })

  // Which commands there are, in which order, only the program itself knows.
  test('as processes: a command of a class, and some of the program', async () => {
    const { folder, run: start } = project({ 'web.ts': definition([serviceClass('Web')], 'await new Web().main()') })
    const [ofClass, ofProgram, cluster] = await Promise.all([
      start(['web.ts', 'deploy', 'v1', '--lokal']),
      start([program, 'deplyo', 'v1']),
      start([program, 'cluster']),
    ])
    refused(ofClass, 'Unsupported option name ("--lokal").', 'Did you mean --local?')
    refused(ofProgram, 'deplyo is not a command of ecs-task.', 'Did you mean deploy?')
    refused(cluster, 'cluster alone is not a command', 'Its commands: cluster deploy, cluster diff')
    expect(existsSync(join(folder, '.ecs-task'))).toBe(false)
  })
})

/** What a folder holds and when each file was written: whoever deployed with `--local` before the tests has one. */
function kept(folder: string): [string, number][] | undefined {
  if (!existsSync(folder)) return undefined
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return names.map((name) => [name, statSync(join(folder, name)).mtimeMs])
}

function refused({ exitCode, stdout, stderr }: Ended, what: string, hint: string): void {
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain(what)
  expect(stderr).toContain(hint)
  expect(stderr).not.toMatch(/#\d|\n {4}at /)
}
