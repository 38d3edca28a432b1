// Writes what an import found as a file with a class.
import type { Imported, MemberName } from './imported.ts'
import { dataText } from './dataText.ts'
import { className } from './fileName.ts'
import { commentLines, readFunction } from './literal.ts'
import { FromEnvironment, Noted, type Tree, isMembers } from './tree.ts'

/** What a file says of each member, and the type of it. */
const written: Readonly<Record<MemberName, { readonly type: string | undefined; readonly lines: readonly string[] }>> =
  {
    taskDefinition: {
      type: 'TaskDefinition',
      lines: ['What RegisterTaskDefinition takes. A deploy replaces <image_tag> by the tag.'],
    },
    updateServices: {
      type: 'ServiceUpdate[]',
      lines: ['What UpdateService takes. Settings that are not declared stay as they are.'],
    },
    activeTaskCount: {
      type: undefined,
      lines: ['How many revisions stay ACTIVE for rollbacks: as many as there were. Deploys deregister older ones.'],
    },
    eventTargets: {
      type: 'EventTarget[]',
      lines: ['The rules that start the task. Members of a target that are not declared stay as they are.'],
    },
    schedules: {
      type: 'ScheduleUpdate[]',
      lines: ['The schedules that start the task. What is not declared of a schedule stays as it is.'],
    },
  }

/** The text of the file. */
export function classText({ name, about, members }: Imported): string {
  const there = Object.entries(written).flatMap(([member, how]) => {
    const tree = members[member as MemberName]
    return tree === undefined ? [] : [{ member, tree, ...how }]
  })
  const types = there.flatMap(({ type }) => (type === undefined ? [] : `type ${type.replace('[]', '')}`)).toSorted()
  const own = className(name)
  const fields = there.map(({ member, type, lines, tree }) => {
    const head = `  override ${member}${type === undefined ? '' : `: ${type}`} = `
    return [...lines.flatMap(commentLines).map((line) => `  ${line}`), `${head}${dataText(tree, 2, head.length)}`].join(
      '\n',
    )
  })
  return [
    ...about.flatMap(commentLines),
    `import { ${['EcsTask', ...types].join(', ')} } from 'ecs-task'`,
    '',
    `export class ${own} extends EcsTask {`,
    fields.join('\n\n'),
    '}',
    ...(there.some(({ tree }) => mustBeSet(tree)) ? ['', reader] : []),
    '',
    `void new ${own}().main()`,
    '',
  ].join('\n')
}

const reader = `/** The value of an environment variable; without it nothing is deployed. */
function ${readFunction}(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(\`The environment variable \${name} is not set.\`)
  return value
}`

/** Whether a variable is read that must be set. */
function mustBeSet(tree: Tree): boolean {
  if (tree instanceof FromEnvironment) {
    return tree.parts.some((part) => typeof part !== 'string' && part.otherwise === undefined)
  }
  if (tree instanceof Noted) return tree.value !== undefined && mustBeSet(tree.value)
  if (Array.isArray(tree)) return tree.some((one: Tree) => mustBeSet(one))
  return isMembers(tree) && Object.values(tree).some((one) => one !== undefined && mustBeSet(one))
}
