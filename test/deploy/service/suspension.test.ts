import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import type { Meddle } from '../support.ts'
import { isThorough } from '../../sampled.ts'
import { running, service } from './support.ts'

const named = (of: string) => ({
  ServiceNamespace: 'ecs',
  ResourceId: `service/production1/${of}`,
  ScalableDimension: 'ecs:service:DesiredCount',
})
const state = (isIn: boolean, out = isIn, scheduled = isIn) => ({
  DynamicScalingInSuspended: isIn,
  DynamicScalingOutSuspended: out,
  ScheduledScalingSuspended: scheduled,
})
const refusal = { status: 400, body: { __type: 'AccessDeniedException', message: 'User is not authorized' } }
const v2 = { image: ['docker.repo.com/doorman:v2'] }
const suspending = { ...v2, suspendAutoScaling: true }

/** The service `doorman` with a scalable target that has this suspended. */
function scaled(suspended: object = {}, meddle?: Meddle) {
  const staged = running([service('doorman')], meddle ? { meddle } : {})
  const register = (input: object) =>
    staged.call('applicationautoscaling', 'RegisterScalableTarget', { ...named('doorman'), ...input })
  register({ MinCapacity: 1, MaxCapacity: 9, SuspendedState: suspended })
  const target = () => Object.values(staged.region().scalableTargets)[0]
  const suspensions = (writes: Awaited<ReturnType<typeof staged.update>>['writes']) =>
    writes.filter(({ operation }) => operation === 'RegisterScalableTarget').map(({ input }) => input.SuspendedState)
  return { ...staged, register, target, suspensions }
}

describe('service update --suspend-auto-scaling', () => {
  it('suspends auto scaling before the rollout and resumes it after, and leaves its range alone', async () => {
    const { update, target } = scaled()
    const { exitCode, writes, warnings } = await update(suspending)
    expect(exitCode).toBe(0)
    expect(writes.map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'RegisterScalableTarget',
      'UpdateService',
      'RegisterScalableTarget',
    ])
    expect(writes[1]?.input).toEqual({ ...named('doorman'), SuspendedState: state(true) })
    expect(writes[2]?.input.desiredCount).toBeUndefined()
    expect(writes[3]?.input).toEqual({ ...named('doorman'), SuspendedState: state(false) })
    expect(target()).toMatchObject({ MinCapacity: 1, MaxCapacity: 9, SuspendedState: state(false) })
    expect(warnings).toEqual([
      expect.stringMatching(
        /^If this run is killed, resume auto scaling of doorman with: aws application-autoscaling register-scalable-target --cli-input-json '.*"DynamicScalingInSuspended":false/,
      ),
    ])
  })

  it('puts back what was suspended before, member by member', async () => {
    const { update, suspensions, target } = scaled({ DynamicScalingInSuspended: true })
    const { writes } = await update(suspending)
    expect(suspensions(writes)).toEqual([state(true), state(true, false, false)])
    expect(target()?.SuspendedState).toEqual(state(true, false, false))
  })

  it('leaves what somebody has suspended already, and says how to resume it', async () => {
    const { update, suspensions, target } = scaled(state(true))
    const { exitCode, writes, warnings } = await update(suspending)
    expect([exitCode, suspensions(writes)]).toEqual([0, []])
    expect(target()?.SuspendedState).toEqual(state(true))
    expect(warnings).toEqual([
      expect.stringMatching(/^Auto scaling of doorman is already suspended, and stays so. Resume it with: aws /),
    ])
  })

  it('says of a service without auto scaling that there is nothing to suspend, and goes on', async () => {
    const { update } = running([service('doorman')])
    const { exitCode, warnings } = await update(suspending)
    expect(exitCode).toBe(0)
    expect(warnings).toEqual(['Service doorman has no auto scaling, so --suspend-auto-scaling is ignored for it.'])
  })

  it('suspends nothing of a service that stays as it is', async () => {
    const { update } = scaled()
    const { exitCode, writes } = await update({
      image: ['docker.repo.com/doorman:v1'],
      skipUnchanged: true,
      suspendAutoScaling: true,
    })
    expect([exitCode, writes]).toEqual([0, []])
  })

  it('looks at no scalable target unless it is asked to', async () => {
    const { update } = scaled()
    const { requests } = await update(v2)
    expect(requests.filter(({ operation }) => operation.includes('Scal'))).toEqual([])
  })

  it('needs to wait for the rollout', async () => {
    const { update } = scaled()
    const { exitCode, problem, writes } = await update(suspending, { wait: false })
    expect([exitCode, problem?.what, writes]).toEqual([
      2,
      '--suspend-auto-scaling has to wait for the rollout before it resumes auto scaling.',
      [],
    ])
  })

  it('shows both in a dry run, with the way back', async () => {
    const { update } = scaled()
    const { plan, writes } = await update(suspending, { dryRun: true })
    expect(writes).toEqual([])
    const steps = plan!.stages.flatMap((stage) => stage.steps).filter(({ kind }) => kind === 'setSuspendedState')
    expect(steps.map(({ title, undo = [] }) => [title, ...undo.map((one) => one.title)])).toEqual([
      ['Suspend auto scaling of production1/doorman', 'Resume auto scaling of production1/doorman'],
      ['Resume auto scaling of production1/doorman'],
    ])
  })
})

describe('auto scaling that is suspended', () => {
  it('goes on when the rollout has failed, once the service is back', async () => {
    const { update, suspensions, target, runs } = scaled({ ScheduledScalingSuspended: true })
    const { exitCode, writes, left } = await update({
      image: ['docker.repo.com/doorman:crash'],
      suspendAutoScaling: true,
    })
    expect([exitCode, left, runs('production1/doorman')]).toEqual([1, [], 'doorman:1'])
    expect(suspensions(writes)).toEqual([state(true), state(false, false, true)])
    expect(writes.map(({ operation }) => operation).slice(-2)).toEqual(
      ['RegisterScalableTarget', 'DeregisterTaskDefinition'].toReversed(),
    )
    expect(target()?.SuspendedState).toEqual(state(false, false, true))
  })

  it('goes on when the run is interrupted, wherever that is', async () => {
    const moments = fc.integer({ min: 1, max: 60 })
    await fc.assert(
      fc.asyncProperty(moments, async (at) => {
        const { update, target } = scaled()
        const stop = new AbortController()
        const reason = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })
        let number = 0
        const { exitCode } = await update(suspending, {
          signal: stop.signal,
          hear: () => void (++number === at && stop.abort(reason)),
        })
        expect([0, 130]).toContain(exitCode)
        expect(target()?.SuspendedState).toEqual(state(false))
      }),
      { numRuns: isThorough ? 100 : 4, seed: 1 },
    )
  })

  it('goes on when another deployment has taken over', async () => {
    const { update, target, call } = scaled()
    let isSent = false
    const { exitCode } = await update(suspending, {
      hear: ({ type }) => {
        if (type !== 'service.progressed' || isSent) return
        isSent = true
        const containerDefinitions = [{ name: 'web', image: 'docker.repo.com/doorman:v3', memory: 64 }]
        call('ecs', 'RegisterTaskDefinition', { family: 'doorman', containerDefinitions })
        call('ecs', 'UpdateService', { cluster: 'production1', service: 'doorman', taskDefinition: 'doorman' })
      },
    })
    expect([exitCode, target()?.SuspendedState]).toEqual([5, state(false)])
  })

  it('is named with its command where nothing is put back', async () => {
    const { update, target } = scaled()
    const { exitCode, left } = await update(
      { image: ['docker.repo.com/doorman:crash'], suspendAutoScaling: true },
      { onFailure: 'leave' },
    )
    expect([exitCode, target()?.SuspendedState]).toEqual([3, state(true)])
    expect(left).toContainEqual(
      expect.stringMatching(
        /^Resume auto scaling of production1\/doorman: it was left. Do it with: aws application-autoscaling register-scalable-target /,
      ),
    )
  })

  it('takes the rollout back where AWS does not let it be resumed, and names what is left', async () => {
    let number = 0
    const { update, runs } = scaled({}, ({ operation }) =>
      operation === 'RegisterScalableTarget' && ++number > 1 ? refusal : undefined,
    )
    const { exitCode, left } = await update(suspending)
    expect([exitCode, runs('production1/doorman')]).toEqual([3, 'doorman:1'])
    expect(left).toEqual([expect.stringMatching(/^Resume auto scaling of production1\/doorman: /)])
  })

  it.each(['RegisterScalableTarget', 'DescribeScalableTargets'])(
    'changes nothing where AWS denies %s',
    async (denied) => {
      const { update, target, runs } = scaled({}, ({ operation }) => (operation === denied ? refusal : undefined))
      const { exitCode } = await update(suspending)
      expect([exitCode, runs('production1/doorman')]).toEqual([denied.startsWith('D') ? 2 : 1, 'doorman:1'])
      expect(target()?.SuspendedState).toEqual(state(false))
    },
  )

  it('goes on where each answer of AWS is lost once', async () => {
    const lost = new Set<string>()
    const { update, target } = scaled({}, ({ operation, input }) => {
      const key = `${operation} ${JSON.stringify(input)}`
      if (operation !== 'RegisterScalableTarget' || lost.has(key)) return undefined
      lost.add(key)
      return 'cut'
    })
    expect((await update(suspending)).exitCode).toBe(0)
    expect([lost.size, target()?.SuspendedState]).toEqual([2, state(false)])
  })

  it('needs nothing where somebody has taken auto scaling away meanwhile', async () => {
    const { update, call, region } = scaled()
    let isGone = false
    const { exitCode } = await update(suspending, {
      hear: ({ type }) => {
        if (type !== 'service.progressed' || isGone) return
        isGone = true
        call('applicationautoscaling', 'DeregisterScalableTarget', named('doorman'))
      },
    })
    expect([exitCode, region().scalableTargets]).toEqual([0, {}])
  })
})
