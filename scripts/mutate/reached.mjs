// Notes which marked parts of the source each test runs, and skips the tests that are not asked for.
import { appendFileSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeEach, expect } from 'vitest'

/** Where to write it; and a file with the names of the tests that are asked for, by path of their file. */
const { MUTATE_REPORT: report, MUTATE_ONLY: only } = process.env
const file = expect.getState().testPath.slice(process.cwd().length + 1)
const asked = only && new Set(JSON.parse(readFileSync(only, 'utf8'))[file])
const nameOf = ({ name, suite }) => (suite ? `${nameOf(suite)} > ${name}` : name)

/** What runs outside of tests: where the file is read, and in hooks. */
const outside = new Set()
let began = Date.now()

// Source files stay loaded from one test file to the next: they have to find the marks of whatever runs now.
globalThis.reached = (mark) => void globalThis.marks.add(mark)
globalThis.marks = outside

beforeEach((context) => {
  if (asked && !asked.has(nameOf(context.task))) context.skip()
  globalThis.marks = new Set()
  began = Date.now()
})
afterEach(({ task }) => {
  write(nameOf(task), Date.now() - began, globalThis.marks)
  globalThis.marks = outside
})
afterAll(() => write(undefined, 0, outside))

function write(test, milliseconds, marks) {
  if (report) appendFileSync(report, `${JSON.stringify({ file, test, milliseconds, marks: [...marks] })}\n`)
}
