import { expect, test } from 'vitest'
import type { Plan } from '../../src/engine/plan.ts'
import { planText } from '../../src/output/planText.ts'
import { Reference } from '../../src/engine/step.ts'
import { width } from '../../src/output/width.ts'
import { deployPlan } from './logs/deployPlan.ts'

const options = { color: false, columns: 80 }

test('a plan that went through JSON reads the same', () => {
  const again: Plan = JSON.parse(JSON.stringify(deployPlan))
  expect(planText(again, options)).toBe(planText(deployPlan, options))
  expect(planText(again, options)).toContain('<the new revision of web>')
})

test('no line is wider than the terminal, whatever the plan contains', () => {
  const long = '東京'.repeat(200)
  const [stage] = deployPlan.stages
  const [step] = stage!.steps
  const plan: Plan = {
    ...deployPlan,
    title: long,
    warnings: [`a ${long}`],
    stages: [{ ...stage!, title: long, steps: [{ ...step!, title: long }] }],
  }
  for (const columns of [40, 80, 133]) {
    for (const line of planText(plan, { color: false, columns }).split('\n'))
      expect(width(line)).toBeLessThanOrEqual(columns)
  }
})

test('a plan with nothing to do says so', () => {
  const plan: Plan = { ...deployPlan, stages: deployPlan.stages.map((stage) => ({ ...stage, steps: [] })) }
  expect(planText(plan, options).split('\n')).toEqual([
    'Deploy v1.2.3 of WebTask',
    '',
    'Nothing to do.',
    '',
    'Nothing was written.',
    '',
  ])
})

test('warnings come before the stages, and parallel steps are marked', () => {
  const [, , services] = deployPlan.stages
  const plan: Plan = {
    ...deployPlan,
    warnings: ['WebTask has no <image_tag>.'],
    stages: [{ ...services!, steps: [...services!.steps, ...services!.steps] }],
  }
  expect(planText(plan, options).split('\n').slice(0, 4)).toEqual([
    'Deploy v1.2.3 of WebTask',
    '! WebTask has no <image_tag>.',
    '',
    '1. Update the services (side by side)',
  ])
})

test('a string that looks like a Reference is shown as a string', () => {
  const [stage] = deployPlan.stages
  const call = {
    method: 'updateService',
    input: { service: '<the new revision of web>', taskDefinition: new Reference('a', 'the new revision of web') },
  } as const
  const step = {
    kind: 'updateService',
    id: 'a',
    title: 'A',
    subject: { type: 'service', cluster: 'default', service: 'a' },
    call,
  } as const
  const text = planText({ ...deployPlan, stages: [{ ...stage!, steps: [step] }] }, { color: false, columns: 200 })
  expect(text).toContain(
    'ecs.updateService { service: "<the new revision of web>", taskDefinition: <the new revision of web> }',
  )
})
