// next-env.d.ts says the same, but Next writes it only when it first runs: types are checked before that too.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
