import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { hasBackground } from '../../src/commands/program/shellEnded.ts'
import { ecsTask } from './inProcess.ts'
import { runLocalAws } from './runningLocalAws.ts'
import { emptyEnvironment, endAll, lines, onPath, program, project, startProcess } from './support.ts'

afterAll(endAll)

describe.concurrent('ecs-task local', () => {
  test('prints its URL on one line and nothing else, keeps its state, and frees port and file when it ends', async () => {
    const first = await runLocalAws(['--speed', '60', '--state', 'world.json'])
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const file = join(first.folder, 'world.json')
    await first.call('RegisterTaskDefinition', {
      family: 'kept',
      containerDefinitions: [{ name: 'kept', image: 'kept:1', memory: 64 }],
    })
    first.kill('SIGTERM')
    expect(await first.ended).toEqual({ exitCode: 0, stdout: `${first.url}\n`, stderr: '' })
    expect(existsSync(`${file}.lock`)).toBe(false)

    const second = await runLocalAws(['--state', file, '--port', new URL(first.url).port])
    expect(second.url).toBe(first.url)
    expect(Object.keys((await second.world()).taskDefinitions).toSorted()).toEqual(['kept', 'web'])
    second.kill('SIGINT')
    expect((await second.ended).exitCode).toBe(0)
  })

  test('denies what the policy of --policy does not allow, and says so in the words of AWS', async () => {
    const { folder } = project({
      'policy.json': '{ "Statement": { "Effect": "Allow", "Action": "ecs:List*", "Resource": "*" } }',
    })
    const { call } = await runLocalAws(['--policy', join(folder, 'policy.json')])
    expect((await call('ListClusters', {})).status).toBe(200)
    expect(await call('DescribeClusters', { clusters: ['my_cluster'] })).toEqual({
      status: 400,
      body: {
        __type: 'AccessDeniedException',
        message:
          'User: arn:aws:iam::123456789012:user/local is not authorized to perform: ecs:DescribeClusters on resource: arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster because no identity-based policy allows the ecs:DescribeClusters action',
      },
    })
  })

  const shell = onPath('sh')
  test.skipIf(shell === undefined || process.platform !== 'linux')(
    'ends, and frees its file, when the shell ends that a package manager runs it in',
    async () => {
      const { folder } = project({})
      // What comes after the program keeps every shell from becoming it.
      const script = `'${process.execPath}' '${program}' local --port 0 --state world.json 2>&1; true`
      const options = { cwd: folder, env: emptyEnvironment(folder) }
      const { said, kill, ended } = startProcess(shell!, ['-c', script], options)
      await said('http://')
      expect(existsSync(join(folder, 'world.json.lock'))).toBe(true)
      kill('SIGTERM')
      // The server has the output too: it is closed when both have ended.
      await ended
      expect(existsSync(join(folder, 'world.json.lock'))).toBe(false)
    },
  )

  test.each([
    ['ecs-task local &', true],
    ['ecs-task local > local.log 2>&1 & vitest', true],
    ['ecs-task local', false],
    ['npm run build && ecs-task local 2>&1', false],
    ['ecs-task local &> local.log', false],
  ])('is not expected to end with a shell that runs it in the background: %s', (script, expected) => {
    expect(hasBackground(script)).toBe(expected)
  })

  test('refuses a port and a file in use by another process, and leaves them alone', async () => {
    const first = await runLocalAws(['--state', 'world.json'])
    const { port } = new URL(first.url)
    const [file, other] = ['world.json', 'other.json'].map((name) => join(first.folder, name))
    const samePort = await ecsTask(['local', '--port', port, '--state', other!])
    expect(samePort).toMatchObject({ exitCode: 2, stdout: '' })
    expect(lines(samePort.stderr)).toEqual([
      '✗ The local AWS cannot start.',
      `  Port ${port} of 127.0.0.1 is in use. Stop what listens there, or choose another port.`,
    ])
    const sameFile = await ecsTask(['local', '--port', '0', '--state', file!])
    expect(sameFile).toMatchObject({ exitCode: 2, stdout: '' })
    expect(sameFile.stderr).toContain(`${file} is in use by process ${first.child.pid}.`)
    expect((await first.call('ListClusters', {})).status).toBe(200)
  })

  test('refuses a file with other content, and does not change it', async () => {
    const { folder } = project({ 'notes.json': '{ "mine": true }' })
    const notes = join(folder, 'notes.json')
    const { exitCode, stdout, stderr } = await ecsTask(['local', '--port', '0', '--state', notes])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('notes.json does not hold the state of a local AWS: it has no version.')
    expect(readFileSync(join(folder, 'notes.json'), 'utf8')).toBe('{ "mine": true }')
  })

  test('takes over the file of a process that was killed', async () => {
    const first = await runLocalAws(['--state', 'world.json'])
    const file = join(first.folder, 'world.json')
    first.kill('SIGKILL')
    await first.ended
    expect(existsSync(`${file}.lock`)).toBe(true)
    const second = await runLocalAws(['--state', file], [])
    expect(Object.keys((await second.world()).services)).toEqual(['my_cluster/web'])
  })

  test('warns on the standard error of an operation that it does not have, and answers as AWS does', async () => {
    const { call, said, kill, ended } = await runLocalAws([])
    const { status, body } = await call('ListDaemons', {})
    expect([status, body['__type']]).toEqual([400, expect.stringContaining('UnknownOperationException')])
    await said('ecs has no operation ListDaemons in the local AWS')
    kill('SIGTERM')
    const { stdout, stderr } = await ended
    expect([stdout.split('\n').length, stderr.trim().split('\n').length]).toEqual([2, 1])
  })
})

test('ecs-task local prints nothing of a request that a terminal obeys, and ends at once though a client reads nothing', async () => {
  const { url, kill, said, ended } = await runLocalAws([])
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = `Action=${encodeURIComponent('\u001b]0;owned\u0007\u202e')}&Version=2010-03-31`
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400)
  await said('sns has no operation')
  const reader = connect(Number(new URL(url).port), '127.0.0.1')
  reader.on('error', () => {})
  reader.pause()
  reader.write(`${'GET /_local/world HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2000)}GET /_local/wor`)
  await once(reader, 'readable')
  kill('SIGTERM')
  const { exitCode, stderr } = await ended
  reader.destroy()
  expect([exitCode, stderr]).toEqual([0, 'sns has no operation \\u{1b}]0;owned\\u{7}\\u{202e} in the local AWS\n'])
})

test('--local refuses an invalid state file, and does not overwrite it', async () => {
  const text = 'something of mine'
  const { run, folder } = project({
    'web.ts':
      "import { EcsTask } from 'ecs-task'\nclass Web extends EcsTask { taskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web', memory: 64 }] } }\nawait new Web().main()",
    '.ecs-task/local.json': text,
  })
  const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v1', '--local'])
  expect([exitCode, lines(stderr)[0]]).toEqual([2, '✗ The local AWS cannot start.'])
  expect(readFileSync(join(folder, '.ecs-task/local.json'), 'utf8')).toBe(text)
})
