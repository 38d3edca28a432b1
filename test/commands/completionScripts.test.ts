import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningLocalAws, runLocalAws } from './runningLocalAws.ts'
import { endAll, onPath, program } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'ecs-task-shells-'))
let aws: RunningLocalAws

beforeAll(async () => {
  aws = await runLocalAws([], ['web', 'worker'])
  mkdirSync(join(folder, 'bin'))
  symlinkSync(program, join(folder, 'bin/ecs-task'))
  for (const file of ['stack.yml', 'a b.yml']) writeFileSync(join(folder, file), '')
})
afterAll(endAll)

/** Runs a script of a shell, with ecs-task on its PATH and a local AWS; what it prints, line by line. */
function said(shell: string, words: readonly string[], script: string, env: Record<string, string> = {}): string[] {
  const path = [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']].join(delimiter)
  const { stdout, stderr } = spawnSync(shell, [...words, script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...aws.env, HOME: folder, PATH: path, ...env },
  })
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

function withShell(name: string, tests: (shell: string) => void): void {
  const shell = onPath(name)
  if (shell === undefined) process.stdout.write(`Not tested: completion in ${name}, which is not installed.\n`)
  describe.skipIf(shell === undefined)(`completion in ${name}`, () => tests(shell ?? name))
}

withShell('bash', (shell) => {
  /** As bash itself calls the function: with the words split at COMP_WORDBREAKS. */
  function completed(words: readonly string[], env: Record<string, string> = {}, before = ''): string[] {
    const split = words.flatMap((word) => word.split(/([=:])/).filter((part, index) => part !== '' || index === 0))
    const quoted = split.map((word) => `'${word}'`).join(' ')
    const script = `source <(ecs-task completion bash)
      ${before}
      compopt() { echo "compopt $*"; }
      COMP_LINE='ecs-task ${words.join(' ')}' COMP_WORDS=(ecs-task ${quoted})
      COMP_POINT=\${#COMP_LINE} COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      _ecs_task; printf '%s\\n' "\${COMPREPLY[@]}"`
    return said(shell, ['--norc', '-c'], script, env)
  }
  const noFiles = 'compopt +o default +o bashdefault'

  test.each([
    [['serv'], ['service']],
    [
      ['service', ''],
      ['update', 'destroy'],
    ],
    [['deploy', 'v1', '--on-failure=l'], ['leave']],
    [
      ['deploy', 'v1', '--on-failure='],
      ['rollback', 'leave', 'stop'],
    ],
    [['service', 'update', '-i', 'host:5000/web:v1', '--desired'], ['--desired-count']],
    [['status', '--cluster', 'my'], ['my_cluster']],
    [['status', '--cluster=my'], ['my_cluster']],
    [
      ['status', '--cluster', 'my_cluster', '--service', 'w'],
      ['web', 'worker'],
    ],
    [['cluster', 'describe', 'my'], ['my_cluster']],
    [['service', 'destroy', 'my_cluster', '-s', 'wo'], ['worker']],
  ])('offers %j', (words, expected) => {
    expect(completed(words)).toEqual([noFiles, ...expected])
  })

  test('replaces the whole word where bash does not split there', () => {
    const before = `COMP_WORDBREAKS=$' \\t\\n'`
    expect(completed(['deploy', 'v1', '--on-failure=l'], {}, before)).toEqual([noFiles, '--on-failure=leave'])
  })

  test('leaves files to bash', () => {
    expect(completed(['cluster', 'deploy', 'c', '-f', 'st'])).toEqual([''])
    expect(completed(['deploy', 'v1', '--report=st'])).toEqual([''])
  })

  test('says nothing where AWS does not answer, without credentials, or where ecs-task fails', () => {
    const out = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', XDG_CACHE_HOME: join(folder, 'other') }
    expect(completed(['status', '--cluster', ''], out)).toEqual([noFiles])
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' }
    expect(completed(['status', '--cluster', ''], { ...out, ...none })).toEqual([noFiles])
    const failing = 'ecs-task() { echo failed >&2; return 70; }'
    expect(completed(['status', '--cluster', ''], {}, failing)).toEqual([noFiles])
    expect(readdirSync(folder)).not.toContain('other')
  })
})

withShell('zsh', (shell) => {
  /** With what zsh has around a completing function, in its place: they only say what they are given. */
  const around = `compdef() { :; }
    source <(ecs-task completion zsh)
    _describe() { print -rl -- "\${(@P)2}" }
    _files() { print -r -- "files $PREFIX" }
    compset() { PREFIX=\${PREFIX#*=} }`
  function completed(words: readonly string[]): string[] {
    const quoted = ['ecs-task', ...words].map((word) => `'${word}'`).join(' ')
    return said(shell, ['-f', '-c'], `${around}\nwords=(${quoted}); CURRENT=$#words; PREFIX=$words[-1]; _ecs-task`)
  }

  test.each([
    [['serv'], ['service:update, destroy']],
    [['deploy', 'v1', '--on-failure=l'], ['--on-failure=leave']],
    [
      ['status', '--cluster', 'my_cluster', '--service', 'w'],
      ['web', 'worker'],
    ],
    [['cluster', 'deploy', 'c', '-f', 'st'], ['files st']],
    [['deploy', 'v1', '--report=st'], ['files st']],
    [['deploy', ''], ['']],
  ])('offers %j', (words, expected) => {
    expect(completed(words)).toEqual(expected)
  })

  test('completes what is typed on a terminal', () => {
    const script = `zmodload zsh/zpty
      said() { until [[ $all == *$1* ]]; do zpty -r z line || break; all+=$line; done; }
      zpty z ${shell} -f -i
      zpty -w z 'autoload -Uz compinit; compinit -u; source <(ecs-task completion zsh); bindkey -e; print rea""dy'
      said ready
      zpty -w -n z $'ecs-task cluster descr\\t'
      zpty -w z $'my\\t\\C-aprint -r -- RES""ULT: '
      zpty -w z 'print E""ND'
      said END
      print -r -- "$all"`
    expect(said(shell, ['-f', '-c'], script).join('\n')).toMatch(/^RESULT: ecs-task cluster describe my_cluster *\r?$/m)
  })
})

withShell('fish', (shell) => {
  const completed = (line: string): string[] =>
    said(shell, ['-N', '-c'], `ecs-task completion fish | source; complete -C '${line}'`)

  test.each([
    ['ecs-task serv', ['service\tupdate, destroy']],
    ['ecs-task deploy v1 --on-failure=l', ['--on-failure=leave']],
    ['ecs-task deploy v1 --on-failure l', ['leave']],
    ['ecs-task status --cluster my_cluster --service w', ['web', 'worker']],
    ['ecs-task cluster deploy c -f st', ['stack.yml']],
    ['ecs-task deploy v1 --report=st', ['--report=stack.yml']],
    ['ecs-task deploy ', ['']],
  ])('offers for %s', (line, expected) => {
    expect(completed(line)).toEqual(expected)
  })
})
