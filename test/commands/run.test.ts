import { Cli } from 'clipanion'
import { afterAll, describe, expect, it, test } from 'vitest'
import type { Context } from '../../src/commands/program/command.ts'
import { RunCommand } from '../../src/commands/run.ts'
import { capturing, ecsTask } from './inProcess.ts'
import { endAll, lines, program, project } from './support.ts'

afterAll(endAll)

/** What the options come to. */
function read(...words: string[]): RunCommand {
  const context = capturing({ program: 'ecs-task', declared: [], env: {} })
  const command = Cli.from<Context>([RunCommand]).process(['run', ...words], context)
  if (command instanceof RunCommand) return command
  throw new Error(`${words.join(' ')} is read as ${command.constructor.name}.`)
}

describe('ecs-task run', () => {
  test.each([
    ['./manage.py migrate', ['./manage.py', 'migrate']],
    ['sh -c "echo a b"', ['sh', '-c', 'echo a b']],
    ["sh -c 'a && b'", ['sh', '-c', 'a && b']],
    ['sh -c \'echo "a b"\'', ['sh', '-c', 'echo "a b"']],
    ['["sh", "-c", "echo a b"]', ['sh', '-c', 'echo a b']],
    ['[]', []],
  ])('--command %s is split as a shell does, as in a stack', (text, words) => {
    expect(read('--command', text).command).toEqual(words)
  })

  test.each([
    ['subnet-1', ['subnet-1']],
    ['subnet-1,subnet-2', ['subnet-1', 'subnet-2']],
    ['subnet-1, subnet-2', ['subnet-1', 'subnet-2']],
  ])('--network %s is a list of subnets, with or without spaces', (text, subnets) => {
    expect(read('--network', text).network).toEqual({ awsvpcConfiguration: { subnets } })
  })

  test.each(['{"subnets": ["subnet-1"]}', '{"awsvpcConfiguration": {"subnets": ["subnet-1"]}}'])(
    '--network %s is an awsvpcConfiguration',
    (text) => {
      expect(read('--network', text).network).toEqual({ awsvpcConfiguration: { subnets: ['subnet-1'] } })
    },
  )

  it('refuses a command whose quote is never closed', async () => {
    const { exitCode, stderr } = await ecsTask(['run', '-d', 'web', '--command', 'sh -c "echo a b'])
    expect([exitCode, lines(stderr)]).toEqual([2, ['✗ --command opens a quote and does not close it.']])
  })

  it('--local creates the cluster, so that it needs only a file', async () => {
    const web = { family: 'web', containerDefinitions: [{ name: 'web', image: 'my_image:exit-7', memory: 64 }] }
    const { run, region } = project({ 'web.json': JSON.stringify(web) })
    const words = ['run', '-c', 'my_cluster', '--task-definition-file', 'web.json', '--command', 'sh -c "echo a b"']
    const { exitCode, stderr } = await run([program, ...words, '--local'])
    expect(exitCode, stderr).toBe(7)
    expect(lines(stderr)).toContain('Created in the local AWS: cluster my_cluster')
    const { task } = Object.values(region().tasks)[0]!
    expect(task.overrides.containerOverrides).toEqual([{ name: 'web', command: ['sh', '-c', 'echo a b'] }])
  })
})
