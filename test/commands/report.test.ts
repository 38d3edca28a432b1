import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Cli } from 'clipanion'
import { afterAll, describe, expect, test } from 'vitest'
import { wordsFromEnvironment } from '../../src/commands/ci/wordsFromEnvironment.ts'
import type { Context } from '../../src/commands/program/command.ts'
import { readOutputs } from '../output/report/readOutputs.ts'
import { runProgram } from '../../src/commands/program/program.ts'
import type { Declared } from '../../src/definition/definition.ts'
import { capturing, ecsTask, everyCommand, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { type Ended, endAll } from './support.ts'

afterAll(endAll)

const aws = serveAws({ services: ['good', 'grouped', 'bad', 'lost', 'logged'], speed: 600 })
const folder = mkdtempSync(join(tmpdir(), 'reports-'))
const inFolder = (name: string): string => join(folder, name)
const deploy = (name: string, words: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  ofClasses({ Web: serviceOf(name) }, 'web.ts', everyCommand)(['deploy', ...words], { ...aws().env, ...env })

/** What GitHub's runner gives a step, in files that are empty yet. */
function github(name: string): {
  env: Record<string, string>
  summary: () => string
  outputs: () => Record<string, string>
} {
  const [summary, outputs] = [inFolder(`${name}.md`), inFolder(`${name}.outputs`)]
  for (const file of [summary, outputs]) writeFileSync(file, '')
  return {
    env: {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
      GITHUB_WORKSPACE: process.cwd(),
    },
    summary: () => readFileSync(summary, 'utf8'),
    outputs: () => readOutputs(readFileSync(outputs, 'utf8')),
  }
}

test('every command that runs can write a report, and no other', () => {
  const withReport = everyCommand.filter((command) => {
    const [definition] = Cli.from<Context>([command]).definitions()
    return definition?.options.some(({ definition: option }) => option.startsWith('--report'))
  })
  expect(withReport.flatMap(({ paths = [] }) => paths.map((words) => words.join(' '))).toSorted()).toEqual([
    'apply',
    'cluster deploy',
    'cluster destroy',
    'continue',
    'deploy',
    'instances refresh',
    'rollback',
    'run',
    'service destroy',
    'service update',
    'wait',
  ])
})

describe.concurrent('a deploy with --report', () => {
  test('writes a page with what it changed, and nothing of GitHub', async () => {
    const report = inFolder('good.html')
    const { exitCode, stderr } = await deploy('good', ['v2', '--report', report])
    expect(exitCode, stderr).toBe(0)
    expect(stderr).not.toMatch(/^::/m)
    const page = readFileSync(report, 'utf8')
    expect(page).toContain('<h1>Deployed v2 of Web.</h1>')
    expect(page).toContain('containerDefinitions/good/image')
    expect(page).toContain('<td>good:1')
  })

  test('in GitHub Actions also writes a summary and outputs, and folds the rollout', async () => {
    const { env, summary, outputs } = github('grouped')
    const { exitCode, stderr } = await deploy('grouped', ['v3'], env)
    expect(exitCode, stderr).toBe(0)
    expect(stderr).toMatch(/^::group::Rollout of my_cluster\/grouped$/m)
    expect(stderr).not.toContain('::error')
    expect(summary()).toMatch(/^## ✓ Deployed v3 of Web\.\n/)
    const { revisions = '', 'deployment-ids': deployments = '', ...rest } = outputs()
    expect(rest).toEqual({ outcome: 'succeeded', 'exit-code': '0' })
    expect(JSON.parse(revisions)).toEqual({ 'my_cluster/grouped': expect.stringMatching(/^grouped:\d$/) })
    expect(JSON.parse(deployments)).toEqual({ 'my_cluster/grouped': expect.stringMatching(/^ecs-svc\/\d+$/) })
  })

  test('that fails says where and why', async () => {
    const { env, summary, outputs } = github('bad')
    const { exitCode, stderr } = await deploy('bad', ['crash', '--report', inFolder('bad.html')], env)
    expect(exitCode, stderr).toBe(1)
    expect(stderr).toMatch(/^::error title=Update service bad in my_cluster::The rollout of bad failed\.%0A/m)
    expect(summary()).toContain('### ✗ `Update service bad in my_cluster`')
    expect(summary()).toContain('| `my_cluster/bad` | `bad:1')
    expect(outputs()).toMatchObject({ outcome: 'restored', 'exit-code': '1', report: inFolder('bad.html') })
    expect(readFileSync(inFolder('bad.html'), 'utf8')).toContain('stopped: Essential container in task exited')
  })

  test('of a stack is annotated on the line of the service', async () => {
    const stack = inFolder('crash.yml')
    writeFileSync(
      stack,
      'services:\n  - good-one:\n      image: good:v1\n      memory: 128\n  - bad-one:\n      image: bad:crash\n      memory: 128\n',
    )
    const env = { ...aws().env, ...github('stack').env, GITHUB_WORKSPACE: folder }
    const { exitCode, stderr } = await ecsTask(['cluster', 'deploy', 'my_cluster', '-f', stack], env)
    expect(exitCode, stderr).toBe(1)
    expect(stderr).toMatch(/^::error file=crash\.yml,line=5,title=.*bad-one/m)
  })

  test('the log of it becomes the page that the run itself has written', async () => {
    const [own, log, made] = ['own.html', 'run.jsonl', 'made.html'].map(inFolder)
    const { exitCode, stdout } = await deploy('logged', ['v2', '--json', '--report', own!])
    expect(exitCode).toBe(0)
    writeFileSync(log!, stdout)
    expect(await ecsTask(['report', log!, '--out', made!])).toEqual({ exitCode: 0, stdout: `${made}\n`, stderr: '' })
    expect(readFileSync(made!, 'utf8')).toBe(readFileSync(own!, 'utf8'))
  })

  test('has its own exit code where nothing can be written, and says so', async () => {
    const nowhere = inFolder('nowhere/x')
    const env = { ...github('lost').env, GITHUB_STEP_SUMMARY: nowhere, GITHUB_OUTPUT: nowhere }
    const { exitCode, stderr } = await deploy('lost', ['v2', '--report', nowhere], env)
    expect(exitCode, stderr).toBe(0)
    for (const what of ['The report', 'The job summary', 'The outputs']) {
      expect(stderr).toContain(`! ${what} can't be written: ENOENT`)
    }
  })
})

test.each([
  ['of a file that is not there', [inFolder('gone.jsonl')], 'cannot be read'],
  ['of what is no log', [process.execPath.replace(/.*/, 'package.json')], 'is not the log of a run'],
  [
    'to a folder that is not there',
    [inFolder('one.jsonl'), '--out', inFolder('nowhere/x.html')],
    'The report cannot be written',
  ],
  [
    'in place of its log',
    [inFolder('one.jsonl'), '--out', inFolder('./one.jsonl')],
    'would replace a file that this command reads',
  ],
])('a report %s is refused', async (_name, words, problem) => {
  writeFileSync(inFolder('one.jsonl'), '{"version":1,"at":"2026-01-15T12:00:00Z","type":"warning.raised","text":"x"}\n')
  const { exitCode, stderr } = await ecsTask(['report', ...words])
  expect([exitCode, stderr.includes(problem)]).toEqual([2, true])
  expect(readFileSync(inFolder('one.jsonl'), 'utf8')).toMatch(/^\{"version":1/)
})

test.each([
  ['a report', '--report'],
  ['a plan', '--plan-out'],
])('%s never replaces a file that is read', async (_name, option) => {
  const stack = inFolder(`replaced${option}.yml`)
  const text = 'services:\n  - web:\n      image: web:v1\n      memory: 128\n      network_mode: bridge\n'
  writeFileSync(stack, text)
  const words = ['cluster', 'deploy', 'my_cluster', '-f', relative('', stack), option, stack]
  const { exitCode, stderr } = await ecsTask(words, aws().env)
  expect([exitCode, readFileSync(stack, 'utf8')], stderr).toEqual([2, text])
  expect(stderr).toContain(`✗ ${option} ${stack} would replace a file that this command reads.\n`)
})

describe('in GitHub Actions a refusal is annotated', () => {
  const { env } = github('refused')
  const annotations = ({ stderr }: Ended): string[] => stderr.split('\n').filter((line) => line.startsWith('::'))

  test('on the line of the class whose definition is wrong', async () => {
    const file = relative('', 'test/commands/report.test.ts')
    const Wrong = class {
      taskDefinition = { family: 'a b', containerDefinitions: [] }
    }
    class WrongTask extends Wrong {}
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('class WrongTask')) + 1
    const declared = [{ name: 'WrongTask', source: new WrongTask() as unknown as Declared }]
    const context = { ...capturing({ program: `tsx ${file}`, declared, env }), file }
    const names = { binaryLabel: 'ecs-task', binaryName: 'ecs-task', binaryVersion: '1.2.3' }
    const exitCode = await runProgram(everyCommand, ['deploy', 'v1', '--local'], context, names)
    const ended = { exitCode, ...context.said() }
    expect(ended.exitCode).toBe(2)
    const [first] = annotations(ended)
    expect(first).toContain(`::error file=${file},line=${line},title=`)
    expect(first).toContain('WrongTask/taskDefinition/')
  })

  test('on the line of a stack file', async () => {
    const stack = inFolder('stack.yml')
    writeFileSync(stack, 'services:\n  - web:\n      imgae: web:v1\n      memory: 128\n')
    const ended = await ecsTask(['cluster', 'deploy', 'c', '-f', stack, '--local'], {
      ...env,
      GITHUB_WORKSPACE: folder,
    })
    expect(annotations(ended)[0]).toMatch(
      /^::error file=stack\.yml,line=\d,title=The stack has a problem\.::services\/web/,
    )
    const outside = await ecsTask(['cluster', 'deploy', 'c', '-f', stack, '--local'], env)
    expect(annotations(outside)[0]).toMatch(/^::error title=/)
  })

  test('without a file where none is known: a command that does not exist, a missing option', async () => {
    expect(annotations(await ecsTask(['dpeloy'], env))).toEqual([
      expect.stringMatching(/^::error title=dpeloy is not a command of ecs-task\.::/),
    ])
    expect(annotations(await ecsTask(['deploy', 'v1', '--nope'], env))).toHaveLength(1)
    expect(annotations(await ecsTask(['dpeloy']))).toEqual([])
  })
})

describe('words from an environment variable', () => {
  const of = (text: string | undefined, ...more: string[]) =>
    wordsFromEnvironment(['@INPUT_COMMAND', ...more], { INPUT_COMMAND: text })

  test('are split as a shell does, and nothing in them is expanded', () => {
    expect(of('deploy v1 "_ecs/my web.ts"\n  --region eu-west-1', '--report=x')).toEqual([
      'deploy',
      'v1',
      '_ecs/my web.ts',
      '--region',
      'eu-west-1',
      '--report=x',
    ])
    expect(of('deploy $(id) `id` $HOME *.ts; rm -rf / && x | y > z')).toEqual([
      'deploy',
      '$(id)',
      '`id`',
      '$HOME',
      '*.ts;',
      'rm',
      '-rf',
      '/',
      '&&',
      'x',
      '|',
      'y',
      '>',
      'z',
    ])
    expect(of("deploy 'v1")).toEqual(["deploy 'v1"])
    expect(of(undefined)).toEqual([])
    expect(of('@INPUT_COMMAND')).toEqual(['@INPUT_COMMAND'])
  })

  test('stand only where they are asked for', () => {
    for (const argv of [['deploy', '@INPUT_COMMAND'], ['@scope/web.ts', 'deploy'], ['@input'], []]) {
      expect(wordsFromEnvironment(argv, { INPUT_COMMAND: 'x' })).toBe(argv)
    }
  })
})
