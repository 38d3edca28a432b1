/** Plans the listener of a service, and its certificates beside the default one. */
import type { Listener } from '@aws-sdk/client-elastic-load-balancing-v2'
import { Reference } from '../../engine/step.ts'
import { addListenerCertificates, removeListenerCertificates } from '../steps/addListenerCertificates.ts'
import { createListener } from '../steps/createListener.ts'
import { deleteListener } from '../steps/deleteListener.ts'
import { modifyListener } from '../steps/modifyListener.ts'
import type { LoadBalancing } from '../desired.ts'
import { type Found, isOurs, oursIn, standingOf } from '../found.ts'
import { type PlannedLoadBalancer, takeOver } from './loadBalancerWork.ts'
import { creationTags, pascalCaseTags, recordTag, recordTagValue } from '../ownership.ts'
import type { Standing } from '../standing.ts'
import { changesOf, type Work } from '../work.ts'

/** The work for the listener of a service on a load balancer, and the listener where it exists already. */
export function listenerWork(
  found: Found,
  service: string,
  { listener: wanted, record }: Pick<LoadBalancing, 'listener' | 'record'>,
  { balancer, targetGroup }: { readonly balancer: PlannedLoadBalancer; readonly targetGroup: string | Reference },
): Work & { readonly existing: Found['listeners'][number] | undefined } {
  const onIt = found.listeners.filter(({ thing }) => thing.LoadBalancerArn === balancer.arn)
  const existing = onIt.find((one) => isOurs(one, found.cluster, service))
  const other = onIt.find((one) => one !== existing && one.thing.Port === wanted.Port)
  const problems = other
    ? [
        `${service}: port ${wanted.Port} of load balancer ${balancer.name} is taken by a listener that was not created for it. ` +
          takeOver({ service, arn: other.thing.ListenerArn ?? '', found }),
      ]
    : []
  const settings: ListenerSettings = {
    Protocol: wanted.Protocol,
    Port: wanted.Port,
    ...(wanted.SslPolicy !== undefined && { SslPolicy: wanted.SslPolicy }),
    ...(wanted.certificates[0] !== undefined && { Certificates: [{ CertificateArn: wanted.certificates[0] }] }),
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  }
  const further = wanted.certificates.slice(1)
  if (existing) {
    const listener = { ...existing.thing, DefaultActions: actionsBefore(found, service, existing.thing, targetGroup) }
    const standing = standingOf(found, service)
    return {
      steps: updateSteps(found, listener, { settings, further, name: balancer.name, standing }),
      existing,
      problems,
    }
  }
  const recordTags = record ? [{ key: recordTag, value: recordTagValue(record) }] : []
  const Tags = pascalCaseTags([...creationTags(found, service), ...recordTags])
  const arnOf = (id: string): Reference => new Reference(id, `the ARN of the listener of ${balancer.name}`)
  const input = { LoadBalancerArn: balancer.arn, ...settings, Tags }
  const step = createListener(balancer.name, input, (id) => [
    deleteListener(arnOf(id), balancer.name, standingOf(found, service)),
  ])
  const certificates = { arn: arnOf(step.id), name: balancer.name, certificates: further }
  const added = further.length > 0 ? [addListenerCertificates(certificates)] : []
  return { steps: { listeners: [step], certificates: added }, existing: undefined, problems }
}

/** What CreateListener and ModifyListener both take. */
interface ListenerSettings {
  readonly Protocol: Listener['Protocol']
  readonly Port: Listener['Port']
  readonly SslPolicy?: string | undefined
  readonly Certificates?: { CertificateArn: string }[]
  readonly DefaultActions: readonly [{ readonly Type: 'forward'; readonly TargetGroupArn: string | Reference }]
}

function updateSteps(
  found: Found,
  listener: Listener,
  wanted: {
    readonly settings: ListenerSettings
    readonly further: readonly string[]
    readonly name: string
    readonly standing: Standing
  },
): Work['steps'] {
  const { settings, further, name, standing } = wanted
  const { ListenerArn: arn = '', Protocol, Port, SslPolicy, Certificates, DefaultActions = [] } = listener
  const changes = changesOf({
    port: [Port, settings.Port],
    protocol: [Protocol, settings.Protocol],
    tls_policy: [SslPolicy, settings.SslPolicy],
    certificate: [Certificates?.[0]?.CertificateArn, settings.Certificates?.[0]?.CertificateArn],
    forwards_to: [DefaultActions.map(shownTarget).join(', '), settings.DefaultActions[0].TargetGroupArn],
  })
  const before = { ListenerArn: arn, Protocol, Port, SslPolicy, Certificates, DefaultActions }
  const has = found.certificates.get(arn) ?? []
  const added = further.filter((one) => !has.includes(one))
  const removed = has.filter((one) => !further.includes(one) && one !== settings.Certificates?.[0]?.CertificateArn)
  const after = { ListenerArn: arn, ...settings }
  // A listener that changes to HTTP loses all of its certificates.
  const loses = settings.Protocol === 'HTTPS' ? [] : has
  return {
    listeners: changes.length > 0 ? [modifyListener({ name, before, after, loses, standing }, changes)] : [],
    certificates: [
      ...(added.length > 0 ? [addListenerCertificates({ arn, name, certificates: added })] : []),
      ...(removed.length > 0 && settings.Protocol === 'HTTPS'
        ? [removeListenerCertificates({ arn, name, certificates: removed })]
        : []),
    ],
  }
}

/**
 * What a listener is put back to. A run that was killed may have led it to the target group that is `wanted` while the service is
 * in the one before: ECS takes neither the service nor its update back where no listener leads to that.
 */
function actionsBefore(
  found: Found,
  service: string,
  { DefaultActions = [] }: Listener,
  wanted: string | Reference,
): NonNullable<Listener['DefaultActions']> {
  const { loadBalancers = [] } = found.services.get(service) ?? {}
  const left = oursIn(found.targetGroups, found.cluster, service).find(
    ({ thing: { TargetGroupArn, LoadBalancerArns = [] } }) =>
      LoadBalancerArns.length === 0 && loadBalancers.some((one) => one.targetGroupArn === TargetGroupArn),
  )
  const isLed = DefaultActions.map(shownTarget).join() === wanted
  return left && isLed ? [{ Type: 'forward', TargetGroupArn: left.thing.TargetGroupArn }] : DefaultActions
}

/** Where an action sends requests; for any other than a plain forward, its type. */
function shownTarget({ Type, TargetGroupArn, ForwardConfig }: NonNullable<Listener['DefaultActions']>[number]): string {
  const groups = ForwardConfig?.TargetGroups ?? []
  return Type === 'forward' && groups.length < 2 ? (TargetGroupArn ?? groups[0]?.TargetGroupArn ?? '') : (Type ?? '')
}
