// The keys of a container.
import { filled, port, resourceName, variableName, volume } from '../forms.ts'
import { flag, keysOf, type Keys, listOf, named, probe, text, whole, words } from '../shape.ts'

/** A log driver and what it is told. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export const logging = keysOf('logging', {
  log_driver: { shape: text(filled), says: 'The log driver: awslogs, gelf, syslog, …', isNeeded: true },
  options: {
    shape: named(text(), variableName),
    says: "The driver's options by name, as in awslogs-group: /ecs/staging.",
  },
})

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const healthcheckKeys = {
  command: {
    shape: probe,
    says: 'The command that says whether the container is healthy: one text for the shell, or a list that begins with CMD or CMD-SHELL.',
    isNeeded: true,
  },
  interval: { shape: whole(5, 300, 'seconds'), says: 'Seconds between two checks.', default: 30 },
  timeout: { shape: whole(2, 60, 'seconds'), says: 'Seconds after which a check has failed.', default: 5 },
  retries: { shape: whole(1, 10), says: 'How many checks in a row make a container unhealthy.', default: 3 },
  start_period: {
    shape: whole(0, 300, 'seconds'),
    says: 'Seconds after the start in which failed checks do not count.',
    default: 0,
  },
} as const satisfies Keys

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const containerKeys = {
  image: { shape: text(filled), says: 'The image that the container is started from.', isNeeded: true },
  command: {
    shape: words,
    says: "The command in place of the image's: a list of words, or one text that is split as a shell does.",
  },
  entrypoint: { shape: words, says: "The entry point in place of the image's, written as the command is." },
  cpu: {
    member: 'cpu',
    shape: whole(1, undefined, 'CPU units'),
    says: 'CPU units, of which 1024 are a vCPU. On Fargate those of a service are for its whole task.',
  },
  memory: {
    member: 'memory',
    shape: whole(6, undefined, 'MiB'),
    says: 'The hard limit of memory in MiB. On Fargate that of a service is for its whole task.',
  },
  memory_reservation: {
    member: 'memoryReservation',
    shape: whole(6, undefined, 'MiB'),
    says: 'The memory in MiB that is kept free for the container.',
  },
  environment: {
    shape: named(text(), variableName),
    says: 'Variables by name: a map, or a list of maps with one key. $NAME and ${NAME} are filled in.',
  },
  secrets: {
    shape: named(text(filled), variableName),
    says: "ARNs of secrets and of parameters by the variable's name. They need task_execution_role_arn.",
  },
  ports: {
    shape: listOf(text(port)),
    says: 'Ports to be reached from outside: "HOST:CONTAINER", or CONTAINER for any free port of the host; /udp for UDP.',
  },
  volumes: {
    shape: listOf(text(volume)),
    says: 'Volumes: "NAME:HOST_PATH:CONTAINER_PATH", or "NAME:CONTAINER_PATH" for one of the task\'s own; :ro for read only.',
  },
  gpus: { shape: whole(1), says: 'How many GPUs of the instance the container has to itself.' },
  privileged: { shape: flag, says: 'Whether the container may do what root of the instance may.', default: false },
  healthcheck: { shape: keysOf('a health check', healthcheckKeys), says: 'The check that Docker makes.' },
  logging: {
    shape: logging,
    says: 'Where its output goes, in place of the logging of the whole file.',
    overwrites: true,
  },
} as const satisfies Keys

/** One of the further containers of a service. */
export const furtherContainerKeys = {
  ...containerKeys,
  essential: { shape: flag, says: 'Whether the task stops when this container does.', default: true },
} as const satisfies Keys

export const containers = named(keysOf('a container', furtherContainerKeys), resourceName)
