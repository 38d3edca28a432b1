// After each story: its local AWS has denied nothing of what the commands have called.
import { afterEach, expect } from 'vitest'
import { takeDenied } from './printed.ts'

afterEach(() => {
  expect(takeDenied()).toEqual([])
})
