/** The text of src/shapes.ts, of src/local/shapes.ts and of src/local/operations.ts, as they should be. */
export function houseShapes(): string
export function localShapes(): string
export function localOperations(): string
