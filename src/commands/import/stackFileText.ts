// Writes a stack file in which no secret stands in clear.
import { stackText } from '../../cluster/file/stackText.ts'
import type { Stack, StackContainer, StackService } from '../../cluster/stack.ts'
import { commentLines } from './literal.ts'
import { markOf, withVariables } from './stackVariables.ts'
import { type FromEnvironment, type Tree, plain } from './tree.ts'
import { secretWarnings, withoutSecrets } from './withoutSecrets.ts'

/** A stack file to be written. */
export interface ImportedStack {
  /** The name of what is imported, after which the file is called. */
  readonly name: string
  readonly text: string
  /** The environment variables that stand for secrets, with their values. */
  readonly variables: ReadonlyMap<string, string>
  /** What a person should know before using the file, a sentence each. */
  readonly warnings: readonly string[]
}

/** `about` are the comments at its top. */
export function stackFileText(name: string, stack: Stack, about: readonly string[]): ImportedStack {
  const { trees, variables } = withoutSecrets(
    Object.fromEntries(stack.services.map((one) => [one.name, told(one) as Tree])),
  )
  const marked = ({ parts: [part] }: FromEnvironment): string =>
    markOf(typeof part === 'object' ? (part.names[0] ?? '') : '')
  const services = stack.services.map((service) => withTexts(service, plain(trees[service.name] as Tree, marked)))
  const text = withVariables(stackText({ ...stack, services }))
  return {
    name,
    text: [...about.flatMap(commentLines).map((line) => line.replace('//', '#')), text].join('\n'),
    variables,
    warnings: secretWarnings(variables),
  }
}

/** The texts of a container in which a secret may stand, as AWS calls them: that is how secrets are recognized. */
function told({ containers }: StackService): object {
  return {
    containerDefinitions: containers.map(({ name, environment, command, entryPoint, healthcheck, logging }) => ({
      name,
      environment: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
      command,
      entryPoint,
      healthCheck: healthcheck && { command: healthcheck.command },
      logConfiguration: logging && { options: logging.options },
    })),
  }
}

/** The same texts of one container. */
interface Told {
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  readonly command?: readonly string[]
  readonly entryPoint?: readonly string[]
  readonly healthCheck?: { readonly command: readonly string[] }
  readonly logConfiguration?: { readonly options: Readonly<Record<string, string>> }
}

function withTexts(service: StackService, texts: unknown): StackService {
  const { containerDefinitions } = texts as { readonly containerDefinitions: readonly Told[] }
  const [own, ...further] = service.containers
  const [ownTexts, ...furtherTexts] = containerDefinitions
  const containers = further.map((container, index) => withTold(container, furtherTexts[index]!))
  return { ...service, containers: [withTold(own, ownTexts!), ...containers] }
}

function withTold(container: StackContainer, texts: Told): StackContainer {
  const { environment, command, entryPoint, healthCheck, logConfiguration } = texts
  const { healthcheck, logging } = container
  return {
    ...container,
    environment: Object.fromEntries(environment.map(({ name, value }) => [name, value])),
    command,
    entryPoint,
    healthcheck: healthcheck && { ...healthcheck, ...healthCheck },
    logging: logging && { ...logging, ...logConfiguration },
  }
}
