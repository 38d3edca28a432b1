import type { Listener } from '@aws-sdk/client-elastic-load-balancing-v2'
import { Reference } from '../engine/step.ts'
import { addListenerCertificates, removeListenerCertificates } from './steps/addListenerCertificates.ts'
import { createListener } from './steps/createListener.ts'
import { deleteListener } from './steps/deleteListener.ts'
import { modifyListener } from './steps/modifyListener.ts'
import { changesOf } from './changes.ts'
import type { Balancing } from './desired.ts'
import { type Found, isOurs } from './found.ts'
import { type Balancer, takeOver } from './loadBalancerWork.ts'
import { asTags, marksOf, recordMark, recordTag } from './marks.ts'
import type { Work } from './work.ts'

/** What a listener of a service leads from and to. */
export interface Leads {
  readonly balancer: Balancer
  readonly targetGroup: string | Reference
}

/** What is to be done for the listener of a service, and which it is where it is there already. */
export function listenerWork(
  found: Found,
  service: string,
  { listener: wanted, record }: Pick<Balancing, 'listener' | 'record'>,
  { balancer, targetGroup }: Leads,
): Work & { readonly there: Found['listeners'][number] | undefined } {
  const onIt = found.listeners.filter(({ thing }) => thing.LoadBalancerArn === balancer.arn)
  const there = onIt.find((one) => isOurs(one, found.cluster, service))
  const other = onIt.find((one) => one !== there && one.thing.Port === wanted.Port)
  const problems = other
    ? [
        `${service}: port ${wanted.Port} of load balancer ${balancer.name} is taken by a listener that was not made for it. ` +
          takeOver({ service, arn: other.thing.ListenerArn ?? '', found }),
      ]
    : []
  const asked: Asked = {
    Protocol: wanted.Protocol,
    Port: wanted.Port,
    ...(wanted.SslPolicy !== undefined && { SslPolicy: wanted.SslPolicy }),
    ...(wanted.certificates[0] !== undefined && { Certificates: [{ CertificateArn: wanted.certificates[0] }] }),
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  }
  const further = wanted.certificates.slice(1)
  if (there) {
    return { steps: changed(found, there.thing, { asked, further, name: balancer.name }), there, problems }
  }
  const marks = [...marksOf(found.cluster, service), ...(record ? [{ key: recordTag, value: recordMark(record) }] : [])]
  const arnOf = (id: string): Reference => new Reference(id, `the ARN of the listener of ${balancer.name}`)
  const input = { LoadBalancerArn: balancer.arn, ...asked, Tags: asTags(marks) }
  const step = createListener(balancer.name, input, (id) => [deleteListener(arnOf(id), balancer.name)])
  const certificates = { arn: arnOf(step.id), name: balancer.name, certificates: further }
  const added = further.length > 0 ? [addListenerCertificates(certificates)] : []
  return { steps: { listeners: [step], certificates: added }, there: undefined, problems }
}

interface Asked {
  readonly Protocol: Listener['Protocol']
  readonly Port: Listener['Port']
  readonly SslPolicy?: string | undefined
  readonly Certificates?: { CertificateArn: string }[]
  readonly DefaultActions: readonly [{ readonly Type: 'forward'; readonly TargetGroupArn: string | Reference }]
}

function changed(
  found: Found,
  there: Listener,
  { asked, further, name }: { readonly asked: Asked; readonly further: readonly string[]; readonly name: string },
): Work['steps'] {
  const { ListenerArn: arn = '', Protocol, Port, SslPolicy, Certificates, DefaultActions = [] } = there
  const changes = changesOf({
    port: [Port, asked.Port],
    protocol: [Protocol, asked.Protocol],
    tls_policy: [SslPolicy, asked.SslPolicy],
    certificate: [Certificates?.[0]?.CertificateArn, asked.Certificates?.[0]?.CertificateArn],
    forwards_to: [DefaultActions.map(forwarded).join(', '), asked.DefaultActions[0].TargetGroupArn],
  })
  const before = { ListenerArn: arn, Protocol, Port, SslPolicy, Certificates, DefaultActions }
  const has = found.certificates.get(arn) ?? []
  const added = further.filter((one) => !has.includes(one))
  const removed = has.filter((one) => !further.includes(one) && one !== asked.Certificates?.[0]?.CertificateArn)
  const after = { ListenerArn: arn, ...asked }
  const loses = asked.Protocol === 'HTTPS' ? [] : has
  return {
    // A listener that becomes one for HTTP loses all of its certificates.
    listeners: changes.length > 0 ? [modifyListener({ name, before, after, loses }, changes)] : [],
    certificates: [
      ...(added.length > 0 ? [addListenerCertificates({ arn, name, certificates: added })] : []),
      ...(removed.length > 0 && asked.Protocol === 'HTTPS'
        ? [removeListenerCertificates({ arn, name, certificates: removed })]
        : []),
    ],
  }
}

/** Where an action sends requests; any other than a plain forward is shown as what it is. */
function forwarded({ Type, TargetGroupArn, ForwardConfig }: NonNullable<Listener['DefaultActions']>[number]): string {
  const groups = ForwardConfig?.TargetGroups ?? []
  return Type === 'forward' && groups.length < 2 ? (TargetGroupArn ?? groups[0]?.TargetGroupArn ?? '') : (Type ?? '')
}
