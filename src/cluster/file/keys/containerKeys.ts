// The keys of a container.
import { filled, port, resourceName, variableName, volume } from '../forms.ts'
import { flag, keysOf, type Keys, listOf, named, probe, text, whole, words } from '../shape.ts'

/** A log driver and its options. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export const logging = keysOf('logging', {
  log_driver: { shape: text(filled), says: 'The log driver: awslogs, gelf, syslog, …', isNeeded: true },
  options: {
    shape: named(text(), variableName),
    says: 'The options of the driver by name, such as awslogs-group: /ecs/staging.',
  },
})

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const healthcheckKeys = {
  command: {
    shape: probe,
    says: 'The command that checks the container: a string for the shell, or a list that starts with CMD or CMD-SHELL.',
    isNeeded: true,
  },
  interval: { shape: whole(5, 300, 'seconds'), says: 'Seconds between two checks.', default: 30 },
  timeout: { shape: whole(2, 60, 'seconds'), says: 'Seconds after which a check fails.', default: 5 },
  retries: { shape: whole(1, 10), says: 'How many failed checks in a row make a container unhealthy.', default: 3 },
  start_period: {
    shape: whole(0, 300, 'seconds'),
    says: 'Seconds after the start during which failed checks do not count.',
    default: 0,
  },
} as const satisfies Keys

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const containerKeys = {
  image: { shape: text(filled), says: 'The image of the container.', isNeeded: true },
  command: {
    shape: words,
    says: 'Replaces the command of the image: a list of words, or a string that is split as a shell does.',
  },
  entrypoint: { shape: words, says: 'Replaces the entry point of the image, written like command.' },
  cpu: {
    member: 'cpu',
    shape: whole(1, undefined, 'CPU units'),
    says: 'CPU units; 1024 are one vCPU. On Fargate, the cpu of a service is for the whole task.',
  },
  memory: {
    member: 'memory',
    shape: whole(6, undefined, 'MiB'),
    says: 'The hard limit of memory in MiB. On Fargate, the memory of a service is for the whole task.',
  },
  memory_reservation: {
    member: 'memoryReservation',
    shape: whole(6, undefined, 'MiB'),
    says: 'The memory in MiB that is reserved for the container.',
  },
  environment: {
    shape: named(text(), variableName),
    says: 'Environment variables: a map, or a list of maps with one key. $NAME and ${NAME} are filled in.',
  },
  secrets: {
    shape: named(text(filled), variableName),
    says: 'ARNs of secrets and parameters by variable name. They need task_execution_role_arn.',
  },
  ports: {
    shape: listOf(text(port)),
    says: 'Published ports: "HOST:CONTAINER", or CONTAINER for any free port of the host; /udp for UDP.',
  },
  volumes: {
    shape: listOf(text(volume)),
    says: 'Volumes: "NAME:HOST_PATH:CONTAINER_PATH", or "NAME:CONTAINER_PATH" for a volume of the task itself; :ro for read-only.',
  },
  gpus: { shape: whole(1), says: 'How many GPUs the container gets.' },
  privileged: { shape: flag, says: 'Whether the container has the rights of root on the instance.', default: false },
  healthcheck: { shape: keysOf('a health check', healthcheckKeys), says: 'The health check that Docker runs.' },
  logging: {
    shape: logging,
    says: 'Where its output goes, instead of the logging of the whole file.',
    overwrites: true,
  },
} as const satisfies Keys

/** One of the further containers of a service. */
export const furtherContainerKeys = {
  ...containerKeys,
  essential: { shape: flag, says: 'Whether the task stops when this container does.', default: true },
} as const satisfies Keys

export const containers = named(keysOf('a container', furtherContainerKeys), resourceName)
