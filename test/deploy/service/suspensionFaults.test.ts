import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { isThorough } from '../../sampled.ts'
import { named, refusal, scaled, state, suspending } from './scaled.ts'

describe('auto scaling that is suspended', () => {
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
