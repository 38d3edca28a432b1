import { afterAll, describe, expect, test } from 'vitest'
import { active, definition, endAll, lines, pointedAt, project, serviceClass } from './support.ts'

afterAll(endAll)

const projects = [
  { where: 'ES modules, each awaited', type: 'module', lines: ['await new A().main()', 'await new B().main()'] },
  { where: 'ES modules, none awaited', type: 'module', lines: ['void new A().main()', 'void new B().main()'] },
  { where: 'a project without "type", where nothing can be awaited', type: '', lines: ['new A().main()', 'new B().main()'] },
]

describe.concurrent.each(projects)('one main() after another: $where', ({ type, lines: mains }) => {
  test('both are deployed, in order', async () => {
    const { run, region } = project({ 'all.ts': definition([serviceClass('A'), serviceClass('B')], ...mains) }, { type })
    const { exitCode, stderr, stdout } = await run(['all.ts', 'deploy', 'v1', '--local'])
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: '' })
    const told = lines(stderr)
    expect(told.indexOf('✓ Deployed v1 of A.')).toBeLessThan(told.indexOf('Deploying v1: B (local AWS, us-east-1)'))
    expect(told).toContain('✓ Deployed v1 of B.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:2', 'my_cluster/b': 'b:2' })
  })

  test('the second never begins when the first fails, and the exit code is the first one’s', async () => {
    const { run, region } = project({ 'all.ts': definition([serviceClass('A'), serviceClass('B', 'stable')], ...mains) }, { type })
    const { exitCode, stderr } = await run(['all.ts', 'deploy', 'crash', '--local'])
    expect(exitCode).toBe(1)
    expect(lines(stderr).at(-1)).toBe('✗ Deploy crash of A failed; everything is as it was.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:1' })
  })
})

describe.concurrent('one unit', () => {
  const unit = (...classes: string[]): string => definition(classes, 'await EcsTask.main([A, B])')

  test('registers every class before it updates any service', async () => {
    const { run, region } = project({ 'all.ts': unit(serviceClass('A'), serviceClass('B')) })
    const { exitCode, stderr } = await run(['all.ts', 'deploy', 'v1', '--local'])
    expect(exitCode, stderr).toBe(0)
    const told = lines(stderr)
    const [registered, updated] = [told.indexOf('✓ Registered new task definition: b:2'), told.indexOf('Updating service: my_cluster/a')]
    expect(registered).toBeGreaterThan(0)
    expect(updated).toBeGreaterThan(registered)
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:2', 'my_cluster/b': 'b:2' })
  })

  test('is put back whole when one of its classes fails', async () => {
    const { run, region } = project({ 'all.ts': unit(serviceClass('A', 'stable'), serviceClass('B')) })
    const { exitCode, stderr } = await run(['all.ts', 'deploy', 'crash', '--local'])
    expect(exitCode, stderr).toBe(1)
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:1', 'my_cluster/b': 'b:1' })
    expect([active(region(), 'a'), active(region(), 'b')]).toEqual([[1], [1]])
  })

  test('is shown by the name of each class', async () => {
    const { run } = project({ 'all.ts': unit(serviceClass('A'), serviceClass('B')) })
    const { exitCode, stdout } = await run(['all.ts', 'debug'])
    expect(exitCode).toBe(0)
    expect(Object.entries<any>(JSON.parse(stdout)).map(([name, shown]) => [name, shown.taskDefinition.family])).toEqual([
      ['A', 'a'],
      ['B', 'b'],
    ])
  })
})
