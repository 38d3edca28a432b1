/**
 * Where the files of `ecs-task deploy TAG FILE…` hand in what they declare. While it is open, `main()` hands its classes in
 * instead of running. The package that a file imports may be another copy than the program: both find it by its name.
 */
import type { Declared } from '../../definition/definition.ts'

const place = Symbol.for('ecs-task.door')
const mark = Symbol.for('ecs-task.EcsTask')
const opened = Symbol.for('ecs-task.opened')
const holder = globalThis as { [place]?: Pick<DeclaredTask[], 'push'>; [opened]?: true }

/** One of a class, with the class's name. */
export interface DeclaredTask {
  readonly name: string
  readonly source: Declared
  /** Where it is none: what was meant. */
  readonly problem?: string
}

/** One that `main()` was called with, and the stack of that call, as far as Node tells it. */
export interface HandedTask extends DeclaredTask {
  readonly stack: string | undefined
}

/** Hands in what `main()` was called with; false where no program waits for it. */
export function handIn(tasks: readonly DeclaredTask[]): boolean {
  holder[place]?.push(...tasks)
  return holder[place] !== undefined
}

/** What `main()` was called with while this went on, and what it answered. */
export async function handedInDuring<T>(act: () => Promise<T>): Promise<{ tasks: readonly HandedTask[]; answer: T }> {
  const tasks: HandedTask[] = []
  holder[opened] = true
  holder[place] = {
    push(...handed) {
      const { stack } = new Error('main() was called')
      return tasks.push(...handed.map((task) => ({ ...task, stack })))
    },
  }
  try {
    return { answer: await act(), tasks }
  } finally {
    delete holder[place]
  }
}

/** Marks the class that all definitions extend. */
export function markBase(base: object): void {
  Object.defineProperty(base, mark, { value: true })
}

/** Whether a value is that class itself. */
export const isBase = (value: object): boolean => Object.hasOwn(value, mark)

/** Whether a value is a class that extends it. */
export function isDefinitionClass(value: unknown): value is new () => Declared {
  return typeof value === 'function' && mark in value && !isBase(value)
}

/** Whether the files of this process were imported by ecs-task, which then runs what they declare. */
export const wasOpened = (): boolean => holder[opened] === true
