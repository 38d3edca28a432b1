import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type HoldingAws, holdingAws } from './holdingAws.ts'
import { type Project, active, endAll, pointedAt, program, project, webExample } from './support.ts'
import { type OnTerminal, ctrlC, onTerminal, plainText, script } from './terminal.ts'

const opened: HoldingAws[] = []

afterAll(() => {
  endAll()
  for (const aws of opened) aws.close()
})

const withoutTasks = webExample.replace(/  override runTasks[^]*?\n  \]\n/, '')
const withoutService = withoutTasks.replace(/  override updateServices.*\n/, '')
const withoutTargets = withoutTasks.replace(/  override eventTargets[^]*?\n  \]\n/, '')
const pruning = withoutTasks.replace('extends EcsTask {', 'extends EcsTask {\n  activeTaskCount = 1')
const refused = withoutTargets.replace("service: 'web'", "service: 'web', healthCheckGracePeriodSeconds: 60")

const heard = 'Interrupted by SIGINT. Press Ctrl-C again to end at once.'
const before = { pointedAt: { 'my_cluster/web': 'web:1' }, active: [1] }

describe.concurrent('Ctrl-C on a terminal', () => {
  beforeEach(({ skip }) => skip(!script, 'there is no program `script` here to make a terminal with'))

  test('while AWS is read, changes nothing', async () => {
    const { aws, start } = await stage()
    const held = aws.hold('DescribeServices')
    const { type, ended } = start('deploy v1')
    await held
    type(ctrlC)
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([130, '! The deploy did not start; nothing was changed.'])
    expect([aws.writes, aws.world()]).toEqual([[], before])
  })

  test('while a revision is registered, deregisters the revision', async () => {
    const { aws, start } = await stage()
    const held = aws.hold('RegisterTaskDefinition')
    const { type, said, ended } = start('deploy v1')
    const { release } = await held
    type(ctrlC)
    await said(heard)
    release()
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([
      130,
      '! Deploy v1 of WebTask was interrupted; everything is as it was.',
    ])
    expect([aws.writes, aws.world()]).toEqual([['RegisterTaskDefinition', 'DeregisterTaskDefinition'], before])
  })

  test('during a migration, stops it', async () => {
    const web = project({ 'web.ts': webExample })
    const { type, said, ended } = onTerminal(web, 'web.ts deploy slow-10m --local')
    await said('PENDING')
    type(ctrlC)
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([
      130,
      '! Deploy slow-10m of WebTask was interrupted; everything is as it was.',
    ])
    const tasks = Object.values(web.region().tasks).map(({ task }) => task)
    expect(tasks.find(({ group }) => group === 'family:web')).toMatchObject({
      lastStatus: 'STOPPED',
      stoppedReason: 'The deploy that started this task has ended.',
    })
    expect({ pointedAt: pointedAt(web.region()), active: active(web.region(), 'web') }).toEqual(before)
  })

  test('during a rollout, rolls back and restores the cursor', async () => {
    const web = project({ 'web.ts': withoutTasks })
    const { type, said, ended } = onTerminal(web, 'web.ts deploy slow-10m --local')
    await said('0/2')
    type(ctrlC)
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([
      130,
      '! Deploy slow-10m of WebTask was interrupted; everything is as it was.',
    ])
    expect(screen.lastIndexOf('\u001B[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001B[?25l'))
    expect({ pointedAt: pointedAt(web.region()), active: active(web.region(), 'web') }).toEqual(before)
    const { service } = web.region().services['my_cluster/web']!
    expect([service.desiredCount, service.runningCount, service.deployments.length]).toEqual([2, 2, 1])
  })

  test('while targets are set, removes them again', async () => {
    const { aws, start } = await stage(withoutService)
    const held = aws.hold('PutTargets')
    const { type, said, ended } = start('deploy v1')
    const { release } = await held
    type(ctrlC)
    await said(heard)
    release()
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([
      130,
      '! Deploy v1 of WebTask was interrupted; everything is as it was.',
    ])
    expect(aws.writes.slice(1)).toEqual(['PutTargets', 'RemoveTargets', 'DeregisterTaskDefinition'])
    expect(aws.world()).toEqual(before)
  })

  test('with --on-failure leave, leaves everything and says how to roll it back', async () => {
    const { aws, start } = await stage()
    const held = aws.hold('PutTargets')
    const { type, said, ended } = start('deploy v1 --no-wait --on-failure leave')
    const { release } = await held
    type(ctrlC)
    await said(heard)
    release()
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([
      130,
      '! Deploy v1 of WebTask was interrupted; everything is left as it is.',
    ])
    const commands = [...plainText(screen).matchAll(/Still to do: .*? Do it with: (aws \S+ \S+)/g)].map(
      ([, one]) => one,
    )
    expect(commands).toEqual([
      'aws events remove-targets',
      'aws ecs update-service',
      'aws ecs deregister-task-definition',
    ])
    expect(aws.world()).toEqual({
      pointedAt: { 'my_cluster/web': 'web:2', 'default/nightly': 'web:2' },
      active: [1, 2],
    })
  })

  test('while old revisions are pruned, keeps the deployment, and what was sent is carried out', async () => {
    const { aws, start } = await stage(pruning)
    for (const image of ['my_image:a', 'my_image:b']) {
      const containerDefinitions = [{ name: 'web', image, memory: 512 }]
      aws.call('RegisterTaskDefinition', { family: 'web', containerDefinitions })
    }
    const held = aws.hold('DeregisterTaskDefinition')
    const { type, said, ended } = start('deploy v1 --no-wait')
    const { release } = await held
    type(ctrlC)
    await said(heard)
    release()
    const { exitCode, screen } = await ended
    const began = '! Started deploying v1 of WebTask; not waiting for it (--no-wait)'
    expect([exitCode, ending(screen)]).toEqual([130, `${began}, but it was interrupted during: Prune old revisions.`])
    const { pointedAt: now, active: revisions } = aws.world()
    expect(now).toEqual({ 'my_cluster/web': 'web:4', 'default/nightly': 'web:4' })
    expect(revisions).toHaveLength(2)
  })

  test('a second time during a rollback, ends at once and says what is half done', async () => {
    const { aws, start } = await stage(withoutTargets)
    const deploying = aws.hold('UpdateService')
    const running = start('deploy v1 --no-wait')
    const { release } = await deploying
    const goingBack = aws.hold('UpdateService')
    running.type(ctrlC)
    await running.said(heard)
    release()
    await goingBack
    await typeUntil('Interrupted by SIGINT again.', running, aws)
    const { exitCode, screen } = await running.ended
    expect([exitCode, ending(screen)]).toEqual([
      130,
      '! Deploy v1 of WebTask was ended at once; NOT everything was put back.',
    ])
    const told = plainText(screen)
    expect(told).toContain('✗ Interrupted by SIGINT again.')
    expect(told).toContain('See what is in progress with: tsx web.ts status')
    expect(told).toContain(
      'Still to do: Put service web back to web:1: it was in progress. Do it with: aws ecs update-service',
    )
    expect(told).toContain(
      'Still to do: Deregister the new revision of web: it was left. Do it with: aws ecs deregister-',
    )
    expect(aws.world()).toEqual({ pointedAt: { 'my_cluster/web': 'web:2' }, active: [1, 2] })
  })

  test('after a failure is reported, and does not prevent the rollback', async () => {
    const { aws, start } = await stage(refused)
    const held = aws.hold('DeregisterTaskDefinition')
    const { type, said, ended } = start('deploy v1')
    const { release } = await held
    type(ctrlC)
    await said(heard)
    release()
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([1, '✗ Deploy v1 of WebTask failed; everything is as it was.'])
    expect(aws.world()).toEqual(before)
  })

  test('ends wait, which changes nothing', async () => {
    const { aws, start } = await stage()
    const reading = aws.hold('DescribeServices')
    const { type, ended } = start('wait')
    const { release } = await reading
    const following = aws.hold('DescribeServices')
    release()
    await following
    type(ctrlC)
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([130, '! Wait for WebTask was interrupted; changed nothing.'])
    expect([aws.writes, aws.world()]).toEqual([[], before])
  })

  test('while a running service is read, changes nothing', async () => {
    const { aws, web } = await stage()
    const held = aws.hold('DescribeServices')
    const words = `'${program}' service update -c my_cluster -n web --image my_image:v2`
    const { type, ended } = onTerminal(web, words, aws.env)
    await held
    type(ctrlC)
    const { exitCode, screen } = await ended
    expect([exitCode, ending(screen)]).toEqual([130, '! The update did not start; nothing was changed.'])
    expect([aws.writes, aws.world()]).toEqual([[], before])
  })

  test('ends status', async () => {
    const { aws, start } = await stage()
    const held = aws.hold('DescribeServices')
    const { type, ended } = start('status')
    await held
    type(ctrlC)
    expect((await ended).exitCode).toBe(130)
    expect([aws.writes, aws.world()]).toEqual([[], before])
  })
})

/** The example in a folder of its own, and an AWS for it alone. */
async function stage(
  file = withoutTasks,
): Promise<{ aws: HoldingAws; web: Project; start: (words: string) => OnTerminal }> {
  const aws = await holdingAws()
  opened.push(aws)
  const web = project({ 'web.ts': file })
  return { aws, web, start: (words) => onTerminal(web, `web.ts ${words}`, aws.env) }
}

/** One that comes at once is taken for an echo of the first; asking AWS each time gives the process its turn. */
async function typeUntil(text: string, { type, said }: OnTerminal, { env }: HoldingAws): Promise<void> {
  const saying = said(text).then(() => 'said')
  const turn = async () => (await fetch(env['AWS_ENDPOINT_URL']!, { method: 'POST' })).status
  do type(ctrlC)
  while ((await Promise.race([saying, turn()])) !== 'said')
}

/** The last line, without the time in front of it and the time that all took. */
function ending(screen: string): string {
  const text = plainText(screen)
  return /([!✗✓] (?:(?![!✗✓] ).)*) \([^)]*\)$/.exec(text)?.[1] ?? text.slice(-200)
}
