import { afterAll, describe, expect, test } from 'vitest'
import { serveAws } from './runningLocalAws.ts'
import { active, definition, endAll, lines, pointedAt, program, project, serviceClass } from './support.ts'

const aws = serveAws({ speed: 60 })
afterAll(endAll)

/** Said when the service has been updated and its new tasks have begun to start, which takes them ten minutes. */
const rolling = 'has started 2 tasks'

/** A file that does this when it says that: in the middle of the rollout. */
const fileThat = (act: string, said = rolling): string =>
  definition(
    [serviceClass('Web')],
    `const write = process.stderr.write.bind(process.stderr)
let isDone = false
process.stderr.write = (text, ...more) => {
  if (!isDone && String(text).includes('${said}')) {
    isDone = true
    ${act}
  }
  return write(text, ...more)
}
await new Web().main()`,
  )

describe.concurrent('an error that nothing catches in the middle of a rollout', () => {
  test.each([
    ['an exception', "setImmediate(() => { throw new Error('boom') })"],
    ['a promise', "setImmediate(() => void Promise.reject(new Error('boom')))"],
    [
      'what looks like a lost connection',
      "setImmediate(() => { throw Object.assign(new Error('boom'), { code: 'ECONNRESET' }) })",
    ],
    ['one after another', "setInterval(() => { throw new Error('boom') }, 1)"],
  ])('puts everything back, and ends 70 with its stack: %s', async (_what, act) => {
    const { run, region } = project({ 'web.ts': fileThat(act) })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'slow-10m', '--local'])
    expect(exitCode, stderr).toBe(70)
    expect(stderr).toContain('✗ Uncaught error: boom')
    expect(stderr).toContain('web.ts:')
    expect(lines(stderr).at(-1)).toBe('! Deploy slow-10m of Web was interrupted; everything is as it was.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
    expect(active(region(), 'web')).toEqual([1])
  })

  test('and after which nothing goes on any more says what is half done, and ends 70', async () => {
    // Nobody who waits is ever woken: the process has nothing left to do, and Node would end it.
    const { run } = project({
      'web.ts': fileThat('globalThis.setTimeout = () => ({ unref() {}, ref() {} })', 'Updating service'),
    })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'slow-10m'], aws().env)
    expect(exitCode, stderr).toBe(70)
    expect(stderr).toContain('The run has not ended, and there is nothing left to wait for.')
    expect(stderr).toContain('Put service web back to web:1')
    expect(lines(stderr).at(-1)).toBe('! Deploy slow-10m of Web was ended at once; NOT everything was put back.')
    expect(active(await aws().world(), 'web')).toEqual([1, 2])
  })

  test('nor does a lock keep alive a run whose hook waits for what never comes: it ends 70 and gives the lock back', async () => {
    await fetch(`${aws().url}/_local/provision`, { method: 'POST', body: JSON.stringify({ buckets: ['locks'] }) })
    const more = ["Web.prototype.lock = 's3://locks'", 'Web.prototype.beforeDeploy = () => new Promise(() => {})']
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], ...more, 'void new Web().main()') })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v1'], aws().env)
    expect([exitCode, stderr]).toEqual([70, expect.stringContaining('there is nothing left to wait for')])
    const { stdout } = await run(['web.ts', 'lock', 'status'], aws().env)
    expect(stdout).toContain('my_cluster/web: free\n  last held by')
  })
})

describe.concurrent('an error that nothing catches while no run goes on', () => {
  test.each([
    ['before it, where nobody awaits it', ['void new Web().main()', "throw new Error('boom')"]],
    ['after it', ['await new Web().main()', "throw new Error('boom')"]],
  ])('ends 70, and never with the 1 of Node: %s', async (_when, calls) => {
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], ...calls) })
    const { exitCode, stderr } = await run(['web.ts', 'debug', '--json'])
    expect([exitCode, stderr]).toEqual([70, expect.stringContaining('✗ Uncaught error: boom')])
  })
})

describe.concurrent('a file that ends the process in the middle of a command', () => {
  const early = 'The process ended before the command had finished.'

  test.each([0, 1, 130])('never passes for a run that has ended: process.exit(%i) in a hook', async (code) => {
    const hooked = `Web.prototype.beforeDeploy = () => process.exit(${code})`
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], hooked, 'void new Web().main()') })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v1', '--local'])
    expect([exitCode, stderr]).toEqual([70, expect.stringContaining(early)])
    expect(stderr).toContain(`called process.exit(${code})`)
  })

  test('nor in a file that the program loads', async () => {
    const hooked = 'Web.prototype.beforeDeploy = () => process.exit(0)'
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], hooked, 'void new Web().main()') })
    const { exitCode, stderr } = await run([program, 'deploy', 'v1', 'web.ts', '--local'])
    expect([exitCode, stderr]).toEqual([70, expect.stringContaining(early)])
  })

  test('nor behind a main() that nobody awaits, the second of two included', async () => {
    const calls = ['void new Web().main()', 'void new Web().main()', 'process.exit()']
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], ...calls) })
    const { exitCode, stderr } = await run(['web.ts', 'debug'])
    expect([exitCode, stderr]).toEqual([70, expect.stringContaining(early)])
  })

  test('may do so once the run has ended', async () => {
    const calls = ['await new Web().main()', 'process.exit(9)']
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], ...calls) })
    expect(await run(['web.ts', 'debug'])).toMatchObject({ exitCode: 9, stderr: '' })
  })

  test('and a run that fails ends with its own code, though another waits for it', async () => {
    const calls = ['void new Web().main()', 'void new Web().main()']
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], ...calls) })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', '--local'])
    expect([exitCode, stderr]).toEqual([2, expect.not.stringContaining(early)])
  })
})
