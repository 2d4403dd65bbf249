// make(6) and check in a loop.  usage: trees THREADS TREES   prints the seconds of all threads together
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

type node struct{ left, right *node }

func build(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{build(depth - 1), build(depth - 1)}
}

func check(n *node) int {
	if n.left == nil {
		return 1
	}
	return 1 + check(n.left) + check(n.right)
}

func measure(threads, trees int) float64 {
	var wait sync.WaitGroup
	start := time.Now()
	for t := 0; t < threads; t++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			nodes := 0
			for i := 0; i < trees; i++ {
				nodes += check(build(6))
			}
			if nodes != 127*trees {
				panic("wrong result")
			}
		}()
	}
	wait.Wait()
	return time.Since(start).Seconds()
}

func main() {
	threads, _ := strconv.Atoi(os.Args[1])
	trees, _ := strconv.Atoi(os.Args[2])
	measure(1, trees/4)
	fmt.Println(measure(threads, trees))
}
