import { afterAll, describe, expect, test } from 'vitest'
import { active, definition, endAll, lines, pointedAt, project, serviceClass } from './support.ts'

afterAll(endAll)

const awaited = ['await new A().main()', 'await new B().main()']
const notAwaited = ['void new A().main()', 'void new B().main()']

describe.concurrent('one main() after another', () => {
  test.each([
    ['ES modules, each awaited', 'module', awaited],
    ['a project without "type", where nothing can be awaited', '', notAwaited],
  ])('deploys both, in order: %s', async (_where, type, mains) => {
    const { run, region } = project(
      { 'all.ts': definition([serviceClass('A'), serviceClass('B')], ...mains) },
      { type },
    )
    const { exitCode, stderr, stdout } = await run(['all.ts', 'deploy', 'v1', '--local'])
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: '' })
    const told = lines(stderr)
    expect(told.indexOf('✓ Deployed v1 of A.')).toBeLessThan(told.indexOf('Deploying v1: B (local AWS, us-east-1)'))
    expect(told).toContain('✓ Deployed v1 of B.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:2', 'my_cluster/b': 'b:2' })
  })

  test.each([
    ['ES modules, each awaited', 'module', awaited],
    ['ES modules, none awaited', 'module', notAwaited],
    ['a project without "type"', '', notAwaited],
  ])('ends with the first failure and its exit code, before the second begins: %s', async (_where, type, mains) => {
    const { run, region } = project(
      { 'all.ts': definition([serviceClass('A'), serviceClass('B', 'stable')], ...mains) },
      { type },
    )
    const { exitCode, stderr } = await run(['all.ts', 'deploy', 'crash', '--local'])
    expect(exitCode).toBe(1)
    expect(lines(stderr).at(-1)).toBe('✗ Deploy crash of A failed; everything is as it was.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:1' })
  })
})

describe.concurrent('one unit', () => {
  const unit = (...classes: string[]): string => definition(classes, 'await EcsTask.main([A, B])')

  test('registers every class before it updates any service, and is rolled back whole when one of them fails', async () => {
    const { run, region } = project({ 'all.ts': unit(serviceClass('A', 'stable'), serviceClass('B')) })
    const { exitCode, stderr } = await run(['all.ts', 'deploy', 'crash', '--local'])
    expect(exitCode, stderr).toBe(1)
    const told = lines(stderr)
    const order = [
      '✓ Registered new task definition: a:2',
      '✓ Registered new task definition: b:2',
      'Updating service: my_cluster/a',
    ]
    expect(told.filter((line) => order.includes(line))).toEqual(order)
    expect(pointedAt(region())).toEqual({ 'my_cluster/a': 'a:1', 'my_cluster/b': 'b:1' })
    expect([active(region(), 'a'), active(region(), 'b')]).toEqual([[1], [1]])
  })

  test('is shown by the names of its classes', async () => {
    const { run } = project({ 'all.ts': unit(serviceClass('A'), serviceClass('B')) })
    const { exitCode, stdout } = await run(['all.ts', 'debug'])
    expect(exitCode).toBe(0)
    expect(Object.entries<any>(JSON.parse(stdout)).map(([name, shown]) => [name, shown.taskDefinition.family])).toEqual(
      [
        ['A', 'a'],
        ['B', 'b'],
      ],
    )
  })
})
