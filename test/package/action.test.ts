// Runs action.yml as GitHub's runner does, with the built program in the place of what npm would install.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import {
  definition,
  emptyEnvironment,
  program,
  project,
  repository,
  serviceClass,
  webExample,
} from '../commands/support.ts'
import { attacks } from '../hostile/hostileText.ts'
import { type Action, type RunOfAction, runAction } from './runner.ts'

const action: Action = parse(readFileSync(repository('action.yml'), 'utf8'))

/** A repository with these files, and a job that has checked it out. */
function job(files: Record<string, string>) {
  const { folder } = project(files)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  // It writes down how it was called, and puts the program where npm would.
  writeFileSync(
    join(bin, 'npm'),
    `#!/bin/bash\nprintf '%s\\n' "$PWD" "$@" > ${join(folder, 'npm.txt')}\nmkdir -p "$3/node_modules/.bin"\nln -sf ${program} "$3/node_modules/.bin/ecs-task"\n`,
  )
  chmodSync(join(bin, 'npm'), 0o755)
  const usual = emptyEnvironment(folder)
  const env = {
    ...usual,
    PATH: [bin, usual['PATH']].join(delimiter),
    GITHUB_WORKSPACE: folder,
    GITHUB_ACTION_PATH: repository(''),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'shop/web',
    GITHUB_RUN_ID: '42',
  }
  return {
    folder,
    npm: (): string[] => readFileSync(join(folder, 'npm.txt'), 'utf8').trim().split('\n'),
    run: (inputs: Record<string, string>): RunOfAction => runAction(action, inputs, env),
  }
}

const commandsIn = (log: string): string[] => log.split('\n').filter((line) => /^\s*::/.test(line))

describe('the action', () => {
  test('installs its own version outside of the repository, deploys, and hands on what came of it', () => {
    const { folder, npm, run } = job({ '_ecs/web.ts': webExample, '.npmrc': 'registry=https://evil.example/' })
    const { exitCode, log, outputs, summary } = run({
      command: 'deploy v1.2.3 _ecs/web.ts --local',
      report: 'out.html',
    })
    expect(exitCode, log).toBe(0)
    const [where = '', ...words] = npm()
    expect(where.startsWith(folder)).toBe(false)
    expect(words.at(-1)).toBe(`ecs-task@${manifest.version}`)
    expect(words).toEqual(expect.arrayContaining(['install', '--ignore-scripts', '--no-save']))
    const { revisions = '', 'deployment-ids': deployments = '', ...rest } = outputs
    expect(rest).toEqual({ outcome: 'succeeded', 'exit-code': '0', report: 'out.html' })
    expect(JSON.parse(revisions)).toEqual({ 'my_cluster/web': 'web:2' })
    expect(JSON.parse(deployments)).toEqual({ 'my_cluster/web': expect.stringMatching(/^ecs-svc\/\d+$/) })
    expect(summary).toMatch(/^## ✓ Deployed v1\.2\.3 of WebTask\.\n/)
    expect(summary).toContain('[log of this run](<https://github.com/shop/web/actions/runs/42>)')
    expect(readFileSync(join(folder, 'out.html'), 'utf8')).toContain('Deployed v1.2.3 of WebTask.')
    expect(commandsIn(log).every((line) => /^::(group::|endgroup::$)/.test(line))).toBe(true)
    expect(commandsIn(log)).toContain('::endgroup::')
  })

  test('that fails has the exit code, an annotation on the line of the class, the reason in the summary, and a report', () => {
    const { folder, run } = job({ 'app/_ecs/web.ts': webExample })
    const { exitCode, log, outputs, summary } = run({
      command: 'deploy crash _ecs/web.ts --local',
      'working-directory': 'app',
      report: 'out.html',
    })
    expect(exitCode, log).toBe(1)
    expect(outputs).toMatchObject({
      outcome: 'restored',
      'exit-code': '1',
      report: 'app/out.html',
      revisions: '{"my_cluster/web":"web:1"}',
    })
    const line = webExample.split('\n').findIndex((one) => one.includes('class WebTask')) + 1
    expect(commandsIn(log).filter((one) => one.startsWith('::error'))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^::error file=app/_ecs/web\\.ts,line=${line},title=Update service web in my_cluster::The rollout of web failed\\.`,
        ),
      ),
    ])
    expect(summary).toContain('Essential container in task exited')
    expect(existsSync(join(folder, 'app/out.html'))).toBe(true)
  })

  test('that is refused, or only reads, has an outcome, too', () => {
    const { run } = job({ '_ecs/web.ts': definition([serviceClass('Web')], 'new Web().main()') })
    expect(run({ command: 'dpeloy v1' })).toMatchObject({
      exitCode: 2,
      outputs: { outcome: 'refused', 'exit-code': '2', report: '' },
    })
    expect(run({ command: 'debug _ecs/web.ts' })).toMatchObject({
      exitCode: 0,
      outputs: { outcome: 'succeeded', revisions: '' },
    })
    expect(run({ command: 'run --cluster c --task-definition gone --local' })).toMatchObject({
      exitCode: 2,
      outputs: { outcome: 'refused' },
    })
  })

  test('that runs a task has the outcome of the run, whatever the container exits with', () => {
    const containers = [{ name: 'job', image: 'job:exit-2', memory: 64 }]
    const { run } = job({ 'job.json': JSON.stringify({ family: 'job', containerDefinitions: containers }) })
    const { exitCode, log, outputs } = run({ command: 'run --cluster c --task-definition-file job.json --local' })
    expect([exitCode, outputs], log).toMatchObject([2, { outcome: 'restored', 'exit-code': '2' }])
  })

  test('that makes a report of what is no log of a run is refused', () => {
    const { run } = job({ 'other.jsonl': '{"level":"info"}\n' })
    const { exitCode, log, outputs } = run({ command: 'report other.jsonl' })
    expect([exitCode, outputs], log).toMatchObject([2, { outcome: 'refused' }])
    expect(log).toContain('other.jsonl is not the log of a run.')
    expect(log).not.toContain('bug')
  })

  test('takes no version that npm could take for something else', () => {
    const { npm, run } = job({})
    for (const version of [
      'latest',
      '1.2',
      'file:../x',
      '1.2.3 evil',
      '1.2.3;id',
      '$(id)',
      '-g',
      'npm:evil@1.0.0',
      '1.2.3\nevil',
    ]) {
      expect(run({ command: 'debug', version })).toMatchObject({ exitCode: 2, outputs: { outcome: '' } })
    }
    expect(npm).toThrow()
    run({ command: 'debug', version: '0.9.1' })
    expect(npm().at(-1)).toBe('ecs-task@0.9.1')
  })

  test('executes nothing of its inputs', () => {
    const { folder, run } = job({})
    for (const text of [
      '$(touch hit)',
      '`touch hit`',
      '; touch hit',
      '"; touch hit; "',
      "' touch hit '",
      '\ntouch hit\n',
      '&& touch hit',
      '| touch hit',
      '> hit',
    ]) {
      expect(run({ command: `debug ${text}`, report: text }).exitCode).toBe(2)
    }
    expect(existsSync(join(folder, 'hit'))).toBe(false)
  })

  test('hostile logs, names and commands become no command, no output, no link and no HTML', () => {
    const hostile = [
      ...attacks,
      '\n::error file=x,line=1::not ours',
      '\noutcome=succeeded',
      '\nrevisions<<EOF\n{}\nEOF',
      '<img src=https://evil.example/x>',
      '[x](https://evil.example)',
      '```',
      '</script>',
    ].filter((text) => !/\p{Cs}/u.test(text))
    const file = definition(
      [
        `class Web extends EcsTask {
  taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512, logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' } } }] }
  runTasks = [{ cluster: 'my_cluster', overrides: { containerOverrides: [{ name: 'web', command: JSON.parse(${JSON.stringify(JSON.stringify(hostile.filter((text) => text !== '')))}) }] } }]
  updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'web' }]
}`,
      ],
      'new Web().main()',
    )
    const { folder, run } = job({ '_ecs/web.ts': file })
    const { exitCode, log, outputs, summary } = run({
      command: 'deploy exit-3 _ecs/web.ts --local --verbose',
      report: 'out.html',
    })
    expect(exitCode, log).toBe(1)
    expect(log).toContain('evil.example')
    expect(
      commandsIn(log).filter((line) => !/^::(?:group::|endgroup::$|error file=_ecs\/web\.ts,line=2,title=)/.test(line)),
    ).toEqual([])
    expect(log).not.toMatch(/##\w*\[|section_start:\d/)
    expect(outputs).toEqual({
      outcome: 'restored',
      'exit-code': '1',
      revisions: '{"my_cluster/web":"web:1"}',
      'deployment-ids': '{}',
      report: 'out.html',
    })
    expect(
      summary.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '').replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, ''),
    ).not.toMatch(/evil|<img|<\/script/)
    const page = readFileSync(join(folder, 'out.html'), 'utf8')
    expect(page).toContain('evil.example')
    expect(page).not.toMatch(/<img|href="https:\/\/evil/)
    expect([...page.matchAll(/<\/script/g)]).toHaveLength(1)
  })
})
