import { describe, expect, it } from 'vitest'
import { unsetInImage, unsetInName } from '../../src/definition/unset.ts'
import { problemsOf, target } from './problemsOf.ts'

const unset = process.env['ECS_TASK_NO_SUCH_VARIABLE']
const at = 'WebTask/taskDefinition/containerDefinitions/0'
const withContainer = (more: object): object => ({
  taskDefinition: { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 64, ...more }] },
})
const behind = (value: string, word: string): string =>
  `${JSON.stringify(value)} has ${word} in it, which an unset variable leaves behind`

describe('what a variable that is not set leaves behind', () => {
  it.each([
    [`shop/web:${unset}`, 'undefined'],
    [`shop/web:${String(null)}`, 'null'],
    [`shop/web:${Number(unset)}`, 'NaN'],
    ['shop/web:[object Object]', '[object Object]'],
    [`${unset}/web:<image_tag>`, 'undefined'],
    [`shop/web-${unset}:<image_tag>`, 'undefined'],
    [`${unset}:5000/web`, 'undefined'],
    [`shop/web:${unset}@sha256:${'a'.repeat(64)}`, 'undefined'],
    ['shop/web:', 'an empty tag'],
    [`shop/web:@sha256:${'a'.repeat(64)}`, 'an empty tag'],
  ])('is found in the image %s', (image, word) => {
    expect(unsetInImage(image)).toBe(word)
    expect(problemsOf(withContainer({ image }))).toEqual([`${at}/image: ${behind(image, word)}`])
  })

  it.each(['shop/web:fix-null-check', 'nullify/undefinedness:v1', 'shop/web:NaNs', 'web:<image_tag>', 'annull/web'])(
    'is not found in the image %s',
    (image) => {
      expect(unsetInImage(image)).toBeUndefined()
      expect(problemsOf(withContainer({ image }))).toEqual([])
    },
  )

  it('is found in every name and ARN, each with its path', () => {
    const Arn = `arn:aws:ecs:eu-west-1:${unset}:cluster/prod`
    expect(
      problemsOf({
        taskDefinition: {
          family: `web-${unset}`,
          executionRoleArn: `arn:aws:iam::${unset}:role/a`,
          containerDefinitions: [{ name: String(null), image: 'web:v1' }],
        },
        updateServices: [{ cluster: `${unset}`, service: `web_${unset}` }],
        runTasks: [{ cluster: `x-${Number(unset)}` }],
        eventTargets: [{ Rule: `${unset}`, Targets: [{ ...target, Id: 'undefined', Arn }] }],
      }),
    ).toEqual(
      [
        ['taskDefinition/family', 'web-undefined', 'undefined'],
        ['taskDefinition/executionRoleArn', 'arn:aws:iam::undefined:role/a', 'undefined'],
        ['taskDefinition/containerDefinitions/0/name', 'null', 'null'],
        ['updateServices/0/cluster', 'undefined', 'undefined'],
        ['updateServices/0/service', 'web_undefined', 'undefined'],
        ['runTasks/0/cluster', 'x-NaN', 'NaN'],
        ['eventTargets/0/Rule', 'undefined', 'undefined'],
        ['eventTargets/0/Targets/0/Id', 'undefined', 'undefined'],
        ['eventTargets/0/Targets/0/Arn', Arn, 'undefined'],
      ].map(([path, value, word]) => `WebTask/${path}: ${behind(value!, word!)}`),
    )
    expect(unsetInName('undefinedness-nullable')).toBeUndefined()
  })

  it('is a variable without a value, in a container, a one-off task and the input of a target', () => {
    const environment = [
      { name: 'LEVEL', value: '' },
      { name: 'URL', value: unset },
    ]
    const override = { containerOverrides: [{ name: 'web', environment }] }
    const missing = `value: is missing for "URL", as where process.env has no such variable; an empty value is ''`
    expect(
      problemsOf({
        ...withContainer({ environment }),
        runTasks: [{ overrides: override }],
        eventTargets: [{ Rule: 'nightly', Targets: [{ ...target, Input: JSON.stringify(override) }] }],
      }),
    ).toEqual([
      `${at}/environment/1/${missing}`,
      `WebTask/runTasks/0/overrides/containerOverrides/0/environment/1/${missing}`,
      `WebTask/eventTargets/0/Targets/0/Input/containerOverrides/0/environment/1/${missing}`,
    ])
  })

  it('is a key without a value in a map: a label, an option of a log driver', () => {
    const logConfiguration = { logDriver: 'splunk', options: { 'splunk-url': unset } }
    expect(problemsOf(withContainer({ logConfiguration, dockerLabels: { team: unset } }))).toEqual([
      `${at}/logConfiguration/options/splunk-url: has no value`,
      `${at}/dockerLabels/team: has no value`,
    ])
  })

  it('is a cluster that is undefined, which would be the one called default', () => {
    const instead = 'is undefined; set it, or leave it out for the cluster named default'
    expect(
      problemsOf({
        updateServices: [{ cluster: unset, service: 'web' }, { service: 'other' }],
        runTasks: [{ cluster: unset }],
        eventTargets: [{ Rule: 'nightly', EventBusName: unset, Targets: [target] }],
      }),
    ).toEqual([
      `WebTask/updateServices/0/cluster: ${instead}`,
      `WebTask/runTasks/0/cluster: ${instead}`,
      `WebTask/eventTargets/0/EventBusName: ${instead}`,
    ])
  })
})
