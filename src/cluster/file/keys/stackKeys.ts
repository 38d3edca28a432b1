// The keys of a stack file.
import { groupId, namespace, subnetId, vpcId } from '../forms.ts'
import { type Form, keysOf, type Keys, listOf, text } from '../shape.ts'
import { logging } from './containerKeys.ts'
import { defaults, services } from './serviceKeys.ts'

/** The keys of a stack file. */
export const stackKeys = {
  vpc: {
    shape: keysOf('vpc', {
      id: { shape: text(vpcId), says: 'The id of the VPC.', isNeeded: true },
      subnets: {
        shape: publicAndPrivate('subnets', subnetId),
        says: 'The subnets; a load balancer needs at least two.',
      },
      security_groups: { shape: publicAndPrivate('security_groups', groupId), says: 'The security groups.' },
    }),
    says: 'The network of the cluster.',
  },
  logging: { shape: logging, says: 'Where the output of all containers goes.', overwrites: true },
  service_discovery: {
    shape: keysOf('service_discovery', {
      namespace: { shape: text(namespace), says: 'The private DNS namespace, such as example.local.', isNeeded: true },
    }),
    says: 'Where services with dns_discovery find each other.',
  },
  defaults: {
    shape: defaults,
    says: 'Defaults of each service. Further containers get only logging from them.',
  },
  services: { shape: services, says: 'The services and tasks: a list of maps with one key, the name.' },
} as const satisfies Keys

/** A stack file as a whole. */
export const stackShape = keysOf('a stack', stackKeys)

function publicAndPrivate(what: string, form: Form): ReturnType<typeof keysOf> {
  return keysOf(what, {
    public: { shape: listOf(text(form)), says: 'For public load balancers.' },
    private: {
      shape: listOf(text(form)),
      says: 'For private load balancers, and for tasks with their own network interface.',
    },
  })
}
