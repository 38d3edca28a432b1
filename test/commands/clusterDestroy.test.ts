import { afterAll, describe, expect, it } from 'vitest'
import { endAll, lines, program, project } from './support.ts'
import { onTerminal, plainText, script } from './terminal.ts'

const stack = `services:
  - worker:
      image: worker:v1
      memory: 64
`

afterAll(endAll)

describe('cluster destroy', () => {
  it('without a terminal ends 2 and writes nothing, and with --yes deletes everything', async () => {
    const { run, region } = project({ 'stack.yml': stack })
    const deployed = await run([program, 'cluster', 'deploy', 'my-cluster', '-f', 'stack.yml', '--local'])
    expect(deployed).toMatchObject({ exitCode: 0 })
    const before = region()

    const refused = await run([program, 'cluster', 'destroy', 'my-cluster', '--local'])
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(lines(refused.stderr)).toEqual([
      '✗ Confirmation needed, but stdin is not a terminal.',
      '  → Preview it with --dry-run, then pass --yes.',
    ])
    expect(region().services['my-cluster/worker']!.service.status).toBe('ACTIVE')
    expect(region().taskDefinitions).toEqual(before.taskDefinitions)

    const agreed = await run([program, 'cluster', 'destroy', 'my-cluster', '--local', '--yes'])
    expect(agreed.exitCode).toBe(0)
    expect(lines(agreed.stdout + agreed.stderr)).toEqual(
      expect.arrayContaining([
        'Destroying: my-cluster (local AWS, us-east-1)',
        '✓ Deleted what was created for cluster my-cluster.',
      ]),
    )
    expect(region().services['my-cluster/worker']!.service.status).toBe('INACTIVE')
  })

  it.runIf(script)('shows on a terminal what it will delete, and accepts a no', async () => {
    const folder = project({ 'stack.yml': stack })
    await folder.run([program, 'cluster', 'deploy', 'my-cluster', '-f', 'stack.yml', '--local'])
    const terminal = onTerminal(folder, `${program} cluster destroy my-cluster --local`)
    await terminal.said('[y/N]')
    terminal.type('n\n')
    const { exitCode, screen } = await terminal.ended
    expect(exitCode).toBe(2)
    expect(plainText(screen)).toContain('Delete what was created for cluster my-cluster? [y/N]')
    expect(plainText(screen)).toContain('Delete service worker in my-cluster')
    expect(plainText(screen)).toContain('It was not confirmed.')
    expect(folder.region().services['my-cluster/worker']!.service.status).toBe('ACTIVE')
  })
})
