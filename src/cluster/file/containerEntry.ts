import { containerKeys, furtherContainerKeys, healthcheckKeys } from './keys/containerKeys.ts'
import { portText } from './port.ts'
import type { Healthcheck, StackContainer } from '../stack.ts'
import { unlessDefault, unlessEmpty } from './unlessDefault.ts'
import { volumeText } from './volume.ts'

/** The keys of a container, as a file has them; without its logging where that stands at the top. */
export function containerEntry(container: StackContainer, withLogging: boolean): Record<string, unknown> {
  const { environment, secrets, healthcheck, logging } = container
  return {
    image: container.image,
    command: container.command,
    entrypoint: container.entryPoint,
    essential: unlessDefault(container.essential, furtherContainerKeys, 'essential'),
    cpu: container.cpu,
    memory: container.memory,
    memory_reservation: container.memoryReservation,
    environment: unlessEmpty(environment),
    secrets: unlessEmpty(secrets),
    ports: unlessEmpty(container.ports.map(portText).map((text) => (/^\d+$/.test(text) ? Number(text) : text))),
    volumes: unlessEmpty(container.volumes.map(volumeText)),
    gpus: container.gpus,
    privileged: unlessDefault(container.privileged, containerKeys, 'privileged'),
    healthcheck: healthcheck && healthcheckEntry(healthcheck),
    logging:
      withLogging && logging ? { log_driver: logging.logDriver, options: unlessEmpty(logging.options) } : undefined,
  }
}

function healthcheckEntry({ command, interval, timeout, retries, startPeriod }: Healthcheck): object {
  const [shell, script = '', ...more] = command
  const isText = shell === 'CMD-SHELL' && more.length === 0 && script.trim() !== ''
  return {
    command: isText ? script : command,
    interval: unlessDefault(interval, healthcheckKeys, 'interval'),
    timeout: unlessDefault(timeout, healthcheckKeys, 'timeout'),
    retries: unlessDefault(retries, healthcheckKeys, 'retries'),
    start_period: unlessDefault(startPeriod, healthcheckKeys, 'start_period'),
  }
}
