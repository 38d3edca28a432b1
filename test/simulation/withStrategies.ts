import type { Unchecked } from '../../src/local/world/wire.ts'
import { type Drawn, withServices } from './drawn.ts'
import type { OtherAct } from './otherActs.ts'
import type { Random } from './random.ts'

/** In some worlds services are deployed blue/green, linear or as a canary, with and without hooks that hold them up. */
export function withStrategies(chance: Random, drawn: Drawn): Drawn {
  if (!chance.chance(0.22)) return drawn
  const hookAnswers: Record<string, 'FAILED'> = {}
  const walking = withServices(drawn, ({ was, declared }) => {
    if (was.schedulingStrategy === 'DAEMON' || !chance.chance(0.8)) return { was, declared }
    const isDeclared = declared !== undefined && chance.chance(0.12)
    const strategy = strategyOf(chance)
    const hooks = hooksOf(chance)
    if (chance.chance(0.1)) hookAnswers[`${was.cluster}/${was.service}:${lambdaStage}`] = 'FAILED'
    const lifecycleHooks = hooks.length > 0 && { lifecycleHooks: hooks }
    return {
      was: isDeclared ? was : { ...was, strategy: { ...strategy, ...lifecycleHooks } },
      declared: isDeclared ? { ...declared, deploymentConfiguration: { ...strategy, ...lifecycleHooks } } : declared,
    }
  })
  const acts = drawn.acts.map((act) => ({
    ...act,
    ...(act.wait && chance.chance(0.2) && { until: chance.pick(['paused', 'POST_SCALE_UP', 'BAKE_TIME', 'stable']) }),
  }))
  const answers = drawn.others.length > 0 || chance.chance(0.2) ? [answerOf(chance)] : []
  return {
    ...walking,
    before: { ...walking.before, hookAnswers },
    acts,
    others: [...drawn.others, ...answers],
  }
}

function strategyOf(chance: Random): Unchecked {
  const bakeTimeInMinutes = chance.pick([0, 0, 1, 5])
  switch (chance.pick(['BLUE_GREEN', 'BLUE_GREEN', 'LINEAR', 'CANARY'] as const)) {
    case 'BLUE_GREEN':
      return { strategy: 'BLUE_GREEN', bakeTimeInMinutes }
    case 'LINEAR': {
      const linearConfiguration = { stepPercent: chance.pick([20, 50]), stepBakeTimeInMinutes: chance.pick([0, 1]) }
      return { strategy: 'LINEAR', bakeTimeInMinutes, linearConfiguration }
    }
    case 'CANARY': {
      const canaryConfiguration = {
        canaryPercent: chance.pick([5, 10.5]),
        canaryBakeTimeInMinutes: chance.pick([0, 2]),
      }
      return { strategy: 'CANARY', bakeTimeInMinutes, canaryConfiguration }
    }
  }
}

const pauseStages = [
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
]
const lambdaStage = 'POST_TEST_TRAFFIC_SHIFT'
const lambda = {
  hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:check',
  roleArn: 'arn:aws:iam::123456789012:role/ecsHooksRole',
  lifecycleStages: [lambdaStage],
}

function hooksOf(chance: Random): Unchecked[] {
  const pauses = Array.from({ length: chance.pick([0, 0, 1, 1, 1, 2]) }, () => ({
    targetType: 'PAUSE',
    lifecycleStages: [chance.pick(pauseStages)],
    ...(chance.chance(0.8) && {
      timeoutConfiguration: {
        timeoutInMinutes: chance.pick([1, 3, 10, 600, 600, 600]),
        action: chance.pick(['ROLLBACK', 'CONTINUE']),
      },
    }),
  }))
  return chance.chance(0.2) ? [...pauses, lambda] : pauses
}

function answerOf(chance: Random): OtherAct {
  return {
    kind: chance.pick(['continue', 'continue', 'reject', 'stopDeployment'] as const),
    call: chance.integer(1, 60),
    which: chance.next(),
  }
}
