/** What an update changes in a service's settings, member by member. */
import type { Service } from '@aws-sdk/client-ecs'
import type { ServiceUpdate } from '../../definition/definition.ts'
import { type Change, changesBetween } from '../../definition/changesBetween.ts'
import { identityOf } from '../../definition/identity.ts'
import { isPlain } from '../../ground/shown.ts'
import { settingsBefore, unseen } from '../settingsBefore.ts'
import { inOneForm } from './inOneForm.ts'

/**
 * Of the settings that an update declares those that the service has otherwise. AWS's defaults and what it adds of its own
 * are no changes, nor is another order where it means nothing, nor what AWS does not show.
 */
export function serviceChanges(update: ServiceUpdate, service: Service): Change[] {
  const { cluster, service: name, forceNewDeployment, taskDefinition, ...declared } = update
  const hidden = unseen(update)
  const shown = Object.entries(declared).filter(([member, value]) => value !== undefined && !hidden.includes(member))
  const before: Members = { ...settingsBefore({ service: name, ...Object.fromEntries(shown) }, service) }
  const members = shown.map(([member, value]): [member: string, is: unknown, wanted: unknown] => {
    const wanted = inOneForm(member, value, forms)
    const is = likeDeclared(inOneForm(member, before[member] ?? filledIn[member], forms), wanted, member)
    // Lists were sorted with what AWS has added.
    return [member, inOneForm(member, is, forms), wanted]
  })
  return changesBetween(
    Object.fromEntries(members.map(([member, is]) => [member, is])),
    Object.fromEntries(members.map(([member, , wanted]) => [member, wanted])),
  )
}

type Members = Readonly<Record<string, unknown>>

/** What ECS takes for a setting of which it then says nothing. */
const filledIn: Members = { platformVersion: 'LATEST' }

const unordered = new Set([
  'alarmNames',
  'capacityProviderStrategy',
  'lifecycleHooks',
  'lifecycleStages',
  'loadBalancers',
  'placementConstraints',
  'securityGroups',
  'serviceRegistries',
  'services',
  'subnets',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
])

/** Documented defaults inside of the settings: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
const defaults: Readonly<Record<string, Members>> = {
  awsvpcConfiguration: { assignPublicIp: 'DISABLED', securityGroups: [] },
  capacityProviderStrategy: { weight: 0, base: 0 },
  deploymentConfiguration: { strategy: 'ROLLING' },
}

const forms = { unordered, defaults }

/** What is there, less what AWS has added to what was declared. */
function likeDeclared(is: unknown, wanted: unknown, name: string): unknown {
  if (Array.isArray(is) && Array.isArray(wanted)) {
    const counterpart = (element: unknown, at: number): unknown => {
      const key = identityOf(name, element)
      return key === undefined ? wanted[at] : wanted.find((one) => identityOf(name, one) === key)
    }
    return is.map((element, at) => likeDeclared(element, counterpart(element, at), ''))
  }
  if (!isPlain(is) || !isPlain(wanted)) return isSameNamespace(name, is, wanted) ? wanted : is
  const members = Object.entries(is).filter(([member]) => wanted[member] !== undefined)
  return Object.fromEntries(members.map(([member, inside]) => [member, likeDeclared(inside, wanted[member], member)]))
}

/** ECS answers with the ARN of a namespace, which does not have the name in it that it was given. */
function isSameNamespace(member: string, is: unknown, wanted: unknown): boolean {
  if (member !== 'namespace' || typeof is !== 'string' || typeof wanted !== 'string') return false
  return is.startsWith('arn:') && !wanted.startsWith('arn:')
}
