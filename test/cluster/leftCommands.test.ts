// What a run that failed leaves behind is named with commands, which work one after another as they are printed.
import { expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { edge, fileOf, scaled } from './stacks.ts'
import { type Stage, clusterStage, denying, worldOf } from './support.ts'

const before = fileOf({ edge: { ...scaled, desired_count: 2 } })
const next = fileOf({
  edge: { ...edge, auto_scaling: scaled.auto_scaling, launch_type: 'FARGATE', cpu: 256, memory: 512 },
})
const world = await worldOf(before)
const interrupted = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })

/** Does what a printed command does. */
function type(stage: Stage, text: string): string {
  const [, client = '', kebab = '', json = ''] = /aws (\S+) (\S+) --cli-input-json '(.*)'$/.exec(text) ?? []
  const operation = kebab.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  stage.call(client.replaceAll('-', ''), operation, JSON.parse(json) as object)
  return operation
}

async function later(stage: Stage): Promise<void> {
  for (let looks = 0; looks < 60; looks++) {
    await stage.clock.sleep(15_000)
    await stage.transport('listClusters', {}, undefined)
  }
}

const ended: Readonly<Record<string, (stage: Stage) => NonNullable<Parameters<Stage['deploy']>[2]>>> = {
  '--on-failure leave': (stage) => ({ onFailure: 'leave', transport: denying(stage, 'createService') }),
  '--on-failure stop': (stage) => ({ onFailure: 'stop', transport: denying(stage, 'createService') }),
  'a second Ctrl-C': (stage) => {
    const atOnce = new AbortController()
    return {
      atOnce: atOnce.signal,
      transport: denying(stage, 'createService'),
      hear: (event) => event.type === 'undo.started' && atOnce.abort(interrupted),
    }
  },
}

it.each(Object.entries(ended))(
  'the commands that %s leaves work in the order in which they are printed',
  async (_how, settings) => {
    const stage = clusterStage({ world })
    const stood = stage.standing()
    const { result } = await stage.deploy([next], { replace: true }, settings(stage))
    await later(stage)
    const commands = result.left.filter((text) => text.includes('Do it with'))
    const typed = commands.map((text) => type(stage, text))
    expect(typed).toEqual(
      expect.arrayContaining(['ModifyListener', 'CreateService', 'RegisterScalableTarget', 'DeleteTargetGroup']),
    )
    await later(stage)
    const stands = stage.standing()
    for (const kind of ['services', 'targetGroups', 'scalableTargets', 'scalingPolicies', 'scheduledActions'])
      expect(Object.keys(stands[kind]!), kind).toEqual(Object.keys(stood[kind]!))
    expect(stands['services']).toMatchObject({ edge: { status: 'ACTIVE', launchType: 'EC2', rollouts: ['COMPLETED'] } })
  },
)
