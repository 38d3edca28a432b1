// Installs moto before its tests.
import type { TestProject } from 'vitest/node'
import { pythonWith } from '../clients/python.ts'

/** Installs moto; where it cannot be installed that is said, and its tests are skipped. */
export default function setup({ provide }: TestProject): void {
  const python = pythonWith(new URL('requirements.txt', import.meta.url))
  if (python.missing !== undefined) console.warn(`Skipped what needs moto: ${python.missing}`)
  provide('python', python)
}
