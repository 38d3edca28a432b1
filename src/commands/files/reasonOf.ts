// Why a file of a user's cannot be used, in one line.
import { basename, extname } from 'node:path'
import { withoutNew } from './withoutNew.ts'

/** With the line of the file that threw, where the stack has it; tsx puts a query behind the name of a file. */
export function reasonOf(error: unknown, path: string): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line) && line.includes(`/${basename(path)}`))
  const [, ofCompiler, ofCode] = compilerError.exec(error.message) ?? []
  const line = ofCompiler ?? /\.[cm]?[jt]s(?:\?[^:)]*)?:(\d+)/.exec(frame ?? '')?.[1]
  const what = ofCode === undefined ? (withoutNew(error) ?? messageOf(error)) : meantByCompiler(ofCode, path)
  return `${line === undefined ? '' : `line ${line}: `}${what}`
}

/** The SDK has no more to say of some errors than their names, such as ParameterNotFound; Node adds whoever required a module. */
function messageOf({ name, message }: Error): string {
  if (message === '' || message === 'UnknownError') return name
  const isMissing = /^Cannot find (?:module|package) 'ecs-task'/.test(message)
  return isMissing ? 'the package ecs-task is not installed beside it' : message.replace(/\nRequire stack:[\s\S]*$/, '')
}

function meantByCompiler(what: string, path: string): string {
  if (!what.startsWith('Top-level await')) return what
  return `await outside of functions needs an ES module; rename the file to ${basename(path, extname(path))}.mts`
}

/** What tsx says of a file that it cannot compile, with the whole path and the line. */
const compilerError = /^Transform failed with \d+ errors?:\s.*?:(\d+):\d+: ERROR: ([^\n]*)/
