// Heap<P, Model>: allocation. Included by heap.h.
#pragma once
