// Installs the package and the Python clients before all tests of clients, and makes room for the answers that they record.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import setupPackage from '../commands/globalSetup.ts'
import { type Python, pythonWith } from './python.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Python in which the clients, or moto, are installed. */
    python: Python
    /** The folder in which every Python process records the answers that it gets. */
    answers: string
  }
}

/** Installs the package as users have it, and the Python clients; what cannot be installed is said, and its tests are skipped. */
export default function setup(project: TestProject): () => void {
  const python = pythonWith(new URL('requirements.txt', import.meta.url))
  if (python.missing !== undefined) console.warn(`Skipped what needs Python: ${python.missing}`)
  const answers = mkdtempSync(join(tmpdir(), 'ecs-task-answers-'))
  // Also for the project that looks at the answers once all others have run.
  project.vitest.provide('python', python)
  project.vitest.provide('answers', answers)
  const teardown = setupPackage(project)
  return () => {
    rmSync(answers, { recursive: true })
    teardown()
  }
}
