import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { definition, endAll, program, project, serviceClass } from './support.ts'

afterAll(endAll)

const { folder, run } = project({ '_ecs/web.ts': definition([serviceClass('Web')], 'await new Web().main()') })

describe.concurrent('help', () => {
  test.each(['--help', '-h'])('is what %s asks for, on the standard output', async (word) => {
    const { exitCode, stdout, stderr } = await run(['_ecs/web.ts', word])
    expect([exitCode, stderr]).toEqual([0, ''])
    for (const command of ['deploy', 'rollback', 'debug']) expect(stdout).toContain(`tsx _ecs/web.ts ${command} `)
  })

  test('names the file as it has to be typed from here, so that its examples can be copied', async () => {
    const { exitCode, stdout, stderr } = await run(['_ecs/web.ts', 'deploy', '--help'])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain('$ tsx _ecs/web.ts deploy v1.2.3\n')
    expect(stdout).toContain('$ tsx _ecs/web.ts deploy v1.2.3 --local\n')
  })

  test.each([
    ['deploy', '_ecs/web.ts'],
    ['rollback', '_ecs/web.ts'],
    ['local', program],
    ['init', program],
  ])('on one command fits into 80 columns, its options side by side: %s', async (command, file) => {
    const { exitCode, stdout } = await run([file, command, '--help'])
    expect(exitCode).toBe(0)
    expect(stdout.split('\n').filter((line) => line.trimEnd().length > 80)).toEqual([])
    const columns = stdout.split('\n').flatMap((line) => /^ {2}--\S+(?: <value>)? +/.exec(line)?.[0].length ?? [])
    expect(columns.length).toBeGreaterThanOrEqual(4)
    expect(new Set(columns).size).toBe(1)
  })

  test('is shown as an error when there is no command, because nothing was done', async () => {
    const { exitCode, stdout, stderr } = await run(['_ecs/web.ts'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('tsx _ecs/web.ts deploy ')
  })

  test('has the version, which is that of the package', async () => {
    const { exitCode, stdout } = await run([program, '--version'])
    const { version } = JSON.parse(readFileSync(join(program, '../../package.json'), 'utf8'))
    expect([exitCode, stdout.split(' ')[0]]).toEqual([0, version])
  })
})

describe.concurrent('what cannot be understood ends 2, says so on the standard error and does nothing', () => {
  test.each<[string[], ...string[]]>([
    [['_ecs/web.ts', 'deploy'], 'Not enough positional arguments.', '<TAG>'],
    [['_ecs/web.ts', 'deploy', 'v1', 'v2', '--local'], 'Extraneous positional argument ("v2").'],
    [['_ecs/web.ts', 'deploy', 'v1', '--lokal'], 'Unsupported option name ("--lokal").', '[--timeout <value>]'],
    [['_ecs/web.ts', 'deply', 'v1', '--local'], 'did you mean', 'tsx _ecs/web.ts deploy'],
    [['_ecs/web.ts', 'deploy', 'v1', '--local', '--timeout', 'soon'], '--timeout soon is not a time.', '90s, 15m or 1h'],
    [['_ecs/web.ts', 'deploy', 'v1', '--local', '--timeout', '0'], '--timeout 0 is not a time.'],
    [[program], 'ecs-task init', 'ecs-task local'],
    [[program, 'deploy', 'v1'], 'Command not found', 'ecs-task init'],
    [[program, 'local', '--port', 'http'], '--port http is not a number', 'a whole number from 0 to 65535'],
    [[program, 'local', '--port', '65536'], '--port 65536 is not a number'],
    [[program, 'local', '--speed', '0'], '--speed 0 is not a number', 'a number above 0'],
  ])('%j', async (words, ...texts) => {
    const { exitCode, stdout, stderr } = await run(words)
    expect([exitCode, stdout]).toEqual([2, ''])
    for (const text of texts) expect(stderr).toContain(text)
    expect(stderr).not.toMatch(/#\d|\n {4}at /)
    expect(existsSync(join(folder, '.ecs-task'))).toBe(false)
  })
})
