// Installs the package and the Python clients before all tests of clients.
import type { TestProject } from 'vitest/node'
import setupPackage from '../commands/globalSetup.ts'
import { type Python, pythonWith } from './python.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Python in which the clients, or moto, are installed. */
    python: Python
  }
}

/** Installs the package as users have it, and the Python clients; what cannot be installed is said, and its tests are skipped. */
export default function setup(project: TestProject): () => void {
  const python = pythonWith(new URL('requirements.txt', import.meta.url))
  if (python.missing !== undefined) console.warn(`Skipped what needs Python: ${python.missing}`)
  project.provide('python', python)
  return setupPackage(project)
}
