// Heap<P, Model>: collection and verification. Included by heap.h.
#pragma once
